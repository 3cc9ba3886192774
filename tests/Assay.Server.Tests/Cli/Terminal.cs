using System.CommandLine;

namespace Assay.Server.Tests.Cli;

/// <summary>A command as a person runs it: arguments in, exit code and both streams out.</summary>
internal static class Terminal
{
    public static Task<(int Exit, string Output, string Errors)> RunAsync(Command command, params string[] arguments) =>
        RunAsync(command, CancellationToken.None, arguments);

    /// <param name="command">The command.</param>
    /// <param name="interrupt">Cancelled as Ctrl+C cancels.</param>
    /// <param name="arguments">As typed.</param>
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(Command command, CancellationToken interrupt, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var exit = await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, interrupt);
        return (exit, output.ToString(), errors.ToString());
    }

    /// <summary>The repository's root.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Assay.slnx"))) folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests run from inside the repository.");
        }
    }
}
