using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Assay.Server.Hosting;

namespace Assay.Server.Cli;

/// <summary>A request to a running server: its answer's text, or why there is none.</summary>
internal static class ServerCall
{
    /// <summary>The options that say which server.</summary>
    public static (Option<string> Server, Option<string?> Secret) Options() => (
        new Option<string>("--server") { Description = "Address of the server.", HelpName = "URL", DefaultValueFactory = _ => AssayOptions.DefaultUrls },
        new Option<string?>("--key") { Description = "Key of the server's API.", HelpName = "SECRET" });

    /// <param name="method">What is done.</param>
    /// <param name="server">Address of the server.</param>
    /// <param name="secret">Key of its API; null for none.</param>
    /// <param name="path">Path below <c>/api/v1/</c>.</param>
    /// <param name="patience">How long the answer may take; a verification reads every row, however many.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ServerRefusalException">The server has no answer, or none was in time.</exception>
    public static async Task<string> SendAsync(HttpMethod method, string server, string? secret, string path, TimeSpan patience, CancellationToken cancellation)
    {
        var address = ServerAddress.Read(server.TrimEnd('/') + "/") is { } read ? new Uri(read, $"api/v1/{path}") : throw new ServerRefusalException(ServerAddress.Refusal(server), CommandLine.BadInput);
        try
        {
            using var http = new HttpClient { Timeout = patience };
            if (secret is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            using var request = new HttpRequestMessage(method, address);
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode ? text : throw new ServerRefusalException(DetailOf(response.StatusCode, text), response.StatusCode >= HttpStatusCode.InternalServerError ? 1 : CommandLine.BadInput);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerRefusalException($"{server}: no answer in time.", 1);
        }
        catch (HttpRequestException failure)
        {
            throw new ServerRefusalException($"{server}: {failure.Message}", 1);
        }
        catch (FormatException wrong)
        {
            throw new ServerRefusalException(wrong.Message, CommandLine.BadInput);
        }
    }

    /// <summary>What a problem says of itself; whoever else answered is named by its status.</summary>
    private static string DetailOf(HttpStatusCode status, string body)
    {
        try
        {
            var problem = JsonElement.Parse(body);
            if (problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String && detail.GetString() is { Length: > 0 } told) return told;
        }
        catch (JsonException)
        {
            // Not from this server: the status is all there is to tell.
        }

        return $"the server answered {(int)status}.";
    }
}

/// <summary>A server that does not do what was asked.</summary>
/// <param name="why">What it says.</param>
/// <param name="exit">What the command exits with.</param>
internal sealed class ServerRefusalException(string why, int exit) : Exception(why)
{
    public int Exit => exit;
}
