using System.CommandLine;
using System.CommandLine.Invocation;

namespace Assay.Server.Cli;

/// <summary>The commands of <c>assay</c>. stdout carries a command's answer and nothing else; exit 2 says that the input was wrong.</summary>
internal static class CommandLine
{
    public const int BadInput = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is not ParseErrorAction) return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"assay: {error.Message}");
        return BadInput;
    }

    private static RootCommand Root() => new("Assay: online experiments, planned, run and analysed live.")
    {
        ServeCommand.Create(),
        DemoCommand.Create(),
        AnalyzeCommand.Create(),
        ImportCommand.Create(),
        ExportCommand.Create(),
        ReportCommand.Create(),
        VerifyCommand.Create(),
        PlanCommand.Create(),
        SimulateCommand.Create(),
        CalibrateCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        CopyCommand.Create(),
        KeysCommand.Create(),
        AuditCommand.Create(),
        OpenApiCommand.Create(),
    };
}
