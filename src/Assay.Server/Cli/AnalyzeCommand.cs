using System.CommandLine;
using System.Text;
using Assay.Analysis.Readouts;
using Assay.Server.Cli.DataFiles;

namespace Assay.Server.Cli;

/// <summary><c>assay analyze FILE.csv</c>: the readout of a finished experiment from a file, without a server.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var arguments = new DataFileArguments();
        var json = new Option<bool>("--json") { Description = "Print the readout as JSON, as live-stats would answer it." };
        var command = new Command("analyze", "Analyse the results of an experiment in a CSV file.") { json };
        arguments.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var (answer, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return RunAsync(() => (arguments.File(parsed), arguments.Read(parsed)), parsed.GetValue(json), answer, errors);
        });
        return command;
    }

    private static async Task<int> RunAsync(Func<(FileInfo File, DataFileShape Shape)> read, bool json, TextWriter answer, TextWriter errors)
    {
        try
        {
            var (source, shape) = read();
            var file = DataFileReader.Read(source, shape);
            var readout = Analyse(file, shape, TimeProvider.System);
            if (json) await answer.WriteLineAsync(Encoding.UTF8.GetString(ReadoutJson.Write(readout)));
            else ReadoutTables.Print(readout, file.Variations, answer);
            return 0;
        }
        catch (DataFileException refusal)
        {
            await errors.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
    }

    /// <summary>The readout of a file, taken as final.</summary>
    public static Readout Analyse(DataFile file, DataFileShape shape, TimeProvider time) => Readout.Analyse(new ReadoutInput(
        DataFileMeasurement.Design(file, shape),
        Plan: null,
        file.Name,
        "stopped",
        Iteration: 1,
        DataFileMeasurement.Epoch,
        DataFileMeasurement.Measure(file, shape),
        Looks: [],
        time.GetUtcNow(),
        AllPairs: false,
        Final: true));
}
