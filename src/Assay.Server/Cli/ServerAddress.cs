namespace Assay.Server.Cli;

/// <summary>The address of a server as <c>--server</c> names it.</summary>
internal static class ServerAddress
{
    /// <returns>Null where it is no http or https address.</returns>
    public static Uri? Read(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;

    public static string Refusal(string? text) => $"--server {text}: expected an http or https address.";
}
