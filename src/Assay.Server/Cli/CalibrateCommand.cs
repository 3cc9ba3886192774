using System.CommandLine;
using System.Text.Json;
using Assay.Analysis.Calibration;

namespace Assay.Server.Cli;

/// <summary><c>assay calibrate</c>: simulates every method where the truth is known, and says how often it errs.</summary>
internal static class CalibrateCommand
{
    /// <summary>Something did not come out as it must.</summary>
    public const int Broken = 1;

    /// <summary>What a shell says of a command ended by Ctrl+C.</summary>
    public const int Interrupted = 130;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var factor = new Option<double>("--runs-factor") { Description = "Runs over those of the published page.", HelpName = "F", DefaultValueFactory = _ => 1 };
        var quick = new Option<bool>("--quick") { Description = $"The same as --runs-factor {CalibrationRun.QuickFactor.ToString(System.Globalization.CultureInfo.InvariantCulture)}." };
        var seed = new Option<ulong>("--seed") { Description = "The same seed draws the same numbers.", HelpName = "S", DefaultValueFactory = _ => CalibrationRun.DefaultSeed };
        var only = new Option<string?>("--only") { Description = "Only studies whose name starts so: peeking/binary, power.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Print the results as JSON." };
        var page = new Option<FileInfo?>("--write") { Description = "Write the page of results (Markdown) to a file, and print nothing; with --only, renew those worlds in the page that is there.", HelpName = "FILE" };
        var command = new Command("calibrate", "Simulate every method where the truth is known, beside naive ones; exit code 1 if a method errs more often than it may, or a naive one does not.")
        {
            factor, quick, seed, only, json, page,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Request(parsed.GetValue(quick) ? CalibrationRun.QuickFactor : parsed.GetValue(factor), parsed.GetValue(seed), parsed.GetValue(only), parsed.GetValue(json), parsed.GetValue(page)),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    public static async Task<int> RunAsync(Request request, TextWriter answer, TextWriter notes, CancellationToken cancellation)
    {
        if (Refusal(request) is { } refusal)
        {
            await notes.WriteLineAsync($"assay: {refusal}");
            return CommandLine.BadInput;
        }

        CalibrationReport? page = null;
        if (request is { Only: not null, Page: not null })
        {
            try
            {
                page = CalibrationRecord.Read(await File.ReadAllTextAsync(request.Page.FullName, cancellation));
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
            {
                await notes.WriteLineAsync("assay: --write: with --only it renews a page, and there is none.");
                return CommandLine.BadInput;
            }

            if (page.Seed != request.Seed || page.RunsFactor != request.RunsFactor)
            {
                await notes.WriteLineAsync("assay: --write: the page is of another seed or other runs.");
                return CommandLine.BadInput;
            }
        }

        CalibrationReport report;
        try
        {
            report = CalibrationRun.Run(request.RunsFactor, request.Seed, request.Only, world => notes.WriteLine($"{world} …"), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await notes.WriteLineAsync("assay: interrupted; nothing is reported of a part.");
            return Interrupted;
        }

        if (request.Page is { } file)
        {
            try
            {
                await File.WriteAllTextAsync(file.FullName, CalibrationPage.Write(page?.With(report) ?? report), cancellation);
            }
            catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
            {
                await notes.WriteLineAsync($"assay: {unwritable.Message}");
                return CommandLine.BadInput;
            }
        }
        else if (request.Json)
        {
            await answer.WriteLineAsync(JsonSerializer.Serialize(ToJson(report), Json));
        }
        else
        {
            CalibrationTables.Print(report, answer);
        }

        return ExitCode(report);
    }

    public static int ExitCode(CalibrationReport report) => report.IsAsItShould ? 0 : Broken;

    private static string? Refusal(Request request) =>
        !(request.RunsFactor > 0 && double.IsFinite(request.RunsFactor)) ? "--runs-factor: expected a positive number."
        : request.Only is { } only && !CalibrationStudies.All.Any(study => study.Name.StartsWith(only, StringComparison.Ordinal)) ? $"--only {only}: no study's name starts so."
        : null;

    private static object ToJson(CalibrationReport report) => new
    {
        report.Seed,
        report.RunsFactor,
        report.IsAsItShould,
        Studies = report.Sections.SelectMany(section => section.Results.Select(result => new
        {
            result.Study.Name,
            section.World,
            result.Study.Procedure,
            Look = result.Study.Column,
            result.Runs,
            result.Sum,
            result.Measured,
            result.StandardError,
            result.RightAnswer,
            RightAnswerFrom = result.Study.From,
            Verdict = JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Verdict.ToString()),
            result.IsSecond,
        })),
    };

    /// <summary>What was asked for.</summary>
    internal sealed record Request(double RunsFactor, ulong Seed, string? Only, bool Json, FileInfo? Page);
}
