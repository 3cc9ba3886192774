using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Storage;

/// <summary>What the verdicts of stopped experiments said, by time: the record of the installation at any moment.</summary>
/// <param name="rows">Verdicts of the last iteration of every stopped experiment.</param>
internal sealed class Outcomes(IEnumerable<OutcomeRow> rows)
{
    private readonly ImmutableArray<Outcome> _all = [.. rows.GroupBy(row => (row.Experiment, row.StoppedAt)).Select(own => new Outcome(own.Key.Experiment, own.Key.StoppedAt, [.. own.OrderByDescending(row => row.Number).Select(row => (row.AsOf, row.Status))]))];

    /// <summary>Of the other experiments that had been stopped, those whose last verdict until then was a decision, and those of them whose it was to ship.</summary>
    /// <remarks>It reads nothing that came later, so that it is the same whenever it is asked for.</remarks>
    /// <param name="at">The moment, microseconds.</param>
    /// <param name="except">The experiment that it is for.</param>
    public InstallationRecord AsOf(long at, string except)
    {
        var (successes, decided) = (0L, 0L);
        foreach (var outcome in _all)
        {
            if (outcome.StoppedAt > at || string.Equals(outcome.Experiment, except, StringComparison.Ordinal)) continue;
            var last = outcome.At(at);
            if (last is VerdictStatus.Ship) successes++;
            if (last is VerdictStatus.Ship or VerdictStatus.StopHarm or VerdictStatus.NoWorthwhileEffect or VerdictStatus.Inconclusive) decided++;
        }

        return new InstallationRecord(successes, decided);
    }

    /// <param name="Experiment">Its key.</param>
    /// <param name="StoppedAt">When it was stopped.</param>
    /// <param name="Verdicts">The newest first.</param>
    private sealed record Outcome(string Experiment, long StoppedAt, ImmutableArray<(long AsOf, VerdictStatus? Status)> Verdicts)
    {
        public VerdictStatus? At(long at)
        {
            foreach (var verdict in Verdicts)
                if (verdict.AsOf <= at) return verdict.Status;
            return null;
        }
    }
}

/// <summary>How much there is to read: experiments that were stopped stay so, and verdicts are only added.</summary>
internal sealed record OutcomeCount
{
    public const string Select =
        "select (select count(*) from experiments where stopped_at is not null) as stopped, (select count(*) from records where kind = 'verdict') as verdicts";

    public required long Stopped { get; init; }

    public required long Verdicts { get; init; }
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

    private const string First = "{\"status\":\"";

    public required string Experiment { get; init; }

    public required long StoppedAt { get; init; }

    /// <summary>Its number, as text.</summary>
    public required string Name { get; init; }

    public required long AsOf { get; init; }

    /// <summary>The first characters of its JSON.</summary>
    public required string Beginning { get; init; }

    public int Number => int.Parse(Name, CultureInfo.InvariantCulture);

    /// <summary>What it says; null where it does not begin with that, which nobody writes: the audit's proof tells of what somebody has changed, and no other experiment is to fail for it.</summary>
    public VerdictStatus? Status
    {
        get
        {
            if (!Beginning.StartsWith(First, StringComparison.Ordinal)) return null;
            var end = Beginning.IndexOf('"', First.Length);
            return end < 0 ? null : Wire.TryParse<VerdictStatus>(Beginning[First.Length..end]);
        }
    }
}
