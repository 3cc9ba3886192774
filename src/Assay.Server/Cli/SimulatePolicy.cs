using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Cli;

/// <summary><c>assay simulate --policy</c>: how a design's policy would act on experiments whose truth is known, without a server.</summary>
internal static class SimulatePolicy
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static async Task<int> RunAsync(FileInfo file, int runs, int seed, bool json, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        if (await DesignFile.ReadAsync(file, error, cancellation) is not { } design) return CommandLine.BadInput;
        if (runs is < 1 or > OperatingCharacteristics.MostRuns || seed < 0)
        {
            await error.WriteLineAsync($"assay: --runs is a whole number from 1 to {OperatingCharacteristics.MostRuns}, --seed one that is not negative.");
            return CommandLine.BadInput;
        }

        var answer = OperatingCharacteristics.Of(design, runs, seed, cancellation);
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(answer, Json));
        else foreach (var line in Lines(design.Name, answer)) await output.WriteLineAsync(line);
        return 0;
    }

    private static IEnumerable<string> Lines(string name, OperatingCharacteristics answer)
    {
        yield return name;
        yield return Text($"  {answer.Runs:N0} simulated experiments an effect, read {answer.Looks} times, acted on at the first verdict");
        foreach (var silent in answer.NotSimulated) yield return $"  not simulated, since it names no baseline_value (or std_dev): {silent}";
        yield return "";
        yield return Text($"  {"true gain",10}{"ship",9}{"harm",9}{"nothing",9}{"open",9}{"wrong",9}{"of plan",9}{"days",9}");
        foreach (var effect in answer.Effects)
            yield return Text($"  {effect.EffectPct,9:+0.##;-0.##;0}%{effect.Ship,9:0.000}{effect.StopHarm,9:0.000}{effect.NoWorthwhileEffect,9:0.000}{effect.Inconclusive,9:0.000}{effect.Wrong,9:0.000}{effect.ExpectedShareOfPlan,9:0.00}{effect.ExpectedDays,9:0.0}");
    }

    private static string Text(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
