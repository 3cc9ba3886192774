using System.Text;
using System.Text.Json;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Storage;

/// <summary>What the verdicts of stopped experiments said, by time: the record of the installation at any moment.</summary>
/// <param name="rows">Verdicts of the last iteration of every stopped experiment.</param>
internal sealed class Outcomes(IEnumerable<OutcomeRow> rows)
{
    private readonly ILookup<(string Experiment, long StoppedAt), OutcomeRow> _byExperiment = rows.ToLookup(row => (row.Experiment, row.StoppedAt));

    /// <summary>Of the other experiments that had been stopped, those whose last verdict until then was a decision, and those of them whose it was to ship.</summary>
    /// <remarks>It reads nothing that came later, so that it is the same whenever it is asked for.</remarks>
    /// <param name="at">The moment, microseconds.</param>
    /// <param name="except">The experiment that it is for.</param>
    public InstallationRecord AsOf(long at, string except)
    {
        var (successes, decided) = (0L, 0L);
        foreach (var experiment in _byExperiment)
        {
            if (experiment.Key.StoppedAt > at || string.Equals(experiment.Key.Experiment, except, StringComparison.Ordinal)) continue;
            var last = experiment.Where(row => row.AsOf <= at).MaxBy(row => row.Number)?.Status;
            if (last is VerdictStatus.Ship) successes++;
            if (last is VerdictStatus.Ship or VerdictStatus.StopHarm or VerdictStatus.NoWorthwhileEffect or VerdictStatus.Inconclusive) decided++;
        }

        return new InstallationRecord(successes, decided);
    }
}

/// <summary>One verdict of an experiment that was stopped.</summary>
internal sealed record OutcomeRow
{
    /// <summary>Verdicts are long, and what they say stands first.</summary>
    public const string Select =
        """
        select e.key as experiment, e.stopped_at, r.name, r.as_of, substr(r.content, 1, 60) as beginning
        from experiments e join records r on r.experiment = e.key and r.iteration = e.iteration and r.kind = 'verdict'
        where e.stopped_at is not null
        """;

    public required string Experiment { get; init; }

    public required long StoppedAt { get; init; }

    /// <summary>Its number, as text.</summary>
    public required string Name { get; init; }

    public required long AsOf { get; init; }

    /// <summary>The first characters of its JSON.</summary>
    public required string Beginning { get; init; }

    public int Number => int.Parse(Name, System.Globalization.CultureInfo.InvariantCulture);

    /// <exception cref="InvalidDataException">It does not begin with its status.</exception>
    public VerdictStatus Status
    {
        get
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(Beginning), isFinalBlock: false, default);
            return json.Read() && json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("status"u8) && json.Read() && json.GetString() is { } status
                ? Wire.Parse<VerdictStatus>(status)
                : throw new InvalidDataException($"Verdict {Name} of '{Experiment}' does not begin with its status.");
        }
    }
}
