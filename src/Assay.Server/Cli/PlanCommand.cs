using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Server.Cli;

/// <summary><c>assay plan</c>: what a design costs in units and days, without a server.</summary>
internal static class PlanCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Create()
    {
        var design = new Argument<FileInfo>("design") { Description = "A design document (JSON)." };
        var json = new Option<bool>("--json") { Description = "Print the plan as JSON, as the API answers it." };
        var command = new Command("plan", "Price a design: units of each arm and days, or everything that is wrong with it.") { design, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(design), parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return command;
    }

    public static async Task<int> RunAsync(FileInfo file, bool json, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        if (await DesignFile.ReadAsync(file, error, cancellation) is not { } design) return CommandLine.BadInput;
        var quote = DesignQuote.Of(design);
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(quote, Json));
        else foreach (var line in Lines(design, quote)) await output.WriteLineAsync(line);
        return 0;
    }

    private static IEnumerable<string> Lines(Design design, DesignQuote quote)
    {
        var (metrics, primary) = (design.Metrics, design.Metrics.Primary);
        yield return Text($"{design.Name}");
        var sign = primary.Direction == Direction.Increase ? '+' : '-';
        yield return Text($"  {primary.Name} from {primary.BaselineValue}: {sign}{metrics.MdePct}% found with power {metrics.Power} at alpha {metrics.Alpha}");
        yield return "";
        yield return Text($"  {"arm",-24}{"share",10}{"units",16}");
        var shares = design.Setup.Shares;
        for (var arm = 0; arm < shares.Length; arm++)
            yield return Text($"  {design.Setup.Variations[arm].Key,-24}{shares[arm],10:0.0%}{quote.PlannedSampleSizes[arm],16:N0}");
        yield return Text($"  {"together",-24}{"",10}{quote.PlannedSampleSizes.Sum(),16:N0}");
        yield return "";
        yield return Text($"  for one look at an even split, uncorrected: {quote.PlannedSampleSizePerVariant:N0} a variation");
        yield return quote.DurationDays is { } days
            ? Text($"  {days:N0} days at {design.Setup.ExpectedDailyTraffic:N0} units a day")
            : "  days unknown: the design names no setup.expected_daily_traffic";
        foreach (var guardrail in quote.Guardrails)
        {
            yield return Text($"  guardrail {guardrail.Name}: {Promise(guardrail)}");
        }

        if (quote.Boundaries.Length > 0)
        {
            yield return "";
            yield return Text($"  {"look",-8}{"information",16}{"crosses at |z|",18}");
            foreach (var bound in quote.Boundaries) yield return Text($"  {bound.Look,-8}{bound.InformationFraction,16:0.0%}{bound.BoundaryZ,18:0.000}");
        }

        if (quote.MdeByWeek is not { } weeks) yield break;
        yield return "";
        yield return Text($"  {"weeks",-8}{"units",16}{"effect found",18}");
        foreach (var week in weeks)
            yield return Text($"  {week.Week,-8}{week.Units,16:N0}{(week.MdePct is { } found ? Text($"{sign}{found:#,0.##}%") : "none"),18}");
    }

    private static string Promise(GuardrailQuote guardrail) => guardrail.Status switch
    {
        GuardrailPrice.Ok => Text($"{guardrail.Units:N0} units show it to be safe"),
        GuardrailPrice.NoMargin => "warning: a margin of 0% allows no loss, so that only an improvement shows it safe; give it a non_inferiority_margin_pct",
        GuardrailPrice.NoBaseline => "no size promised, it names no baseline_value above 0",
        GuardrailPrice.NoSpread => "no size promised, it names no std_dev",
        _ => "no size promised, more units than can be counted would be needed",
    };

    private static string Text(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
