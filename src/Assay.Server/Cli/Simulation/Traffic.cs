using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Designs;
using Assay.Assignment;
using Assay.Sdk;

namespace Assay.Server.Cli.Simulation;

/// <summary>Sends simulated units of one experiment to a server through the SDK, each assigned by the real hash.</summary>
internal sealed class Traffic
{
    private readonly AssayClient _client;
    private readonly AssignmentPlan _plan;
    private readonly Truth _truth;
    private readonly ImmutableArray<Segment> _segments;
    private readonly ulong _seed;
    private readonly string _prefix;
    private readonly PriorityQueue<(string UserId, Conversion Conversion), DateTimeOffset> _due = new();
    private ulong _drawn;

    /// <param name="prefix">Start of every unit's id: two runs with different prefixes are different people.</param>
    public Traffic(AssayClient client, Design design, Truth truth, ulong seed, string prefix)
    {
        _client = client;
        _truth = truth;
        _segments = design.Setup.Segments;
        _seed = seed;
        _prefix = prefix;
        _plan = new AssignmentPlan(design.Key, design.Setup.Shares, design.Setup.TrafficAllocation, design.Setup.HoldoutFraction);
    }

    /// <summary>Units sent so far.</summary>
    public int Sent { get; private set; }

    /// <summary>What <see cref="BackfillAsync"/> leaves at the server when nothing interrupts it.</summary>
    public (long Exposures, long Conversions) Foresee(DateTimeOffset from, DateTimeOffset to, int units)
    {
        var visits = Enumerable.Range(0, units).Select(number => Arrive((ulong)number, HistoricalTime(from, to, (ulong)number, units))).OfType<Visit>().ToList();
        return (visits.Count, visits.Sum(visit => visit.Conversions.LongCount(conversion => conversion.At <= to)));
    }

    /// <summary>Sends units that were exposed evenly between two times, and their conversions up to <paramref name="to"/>; later ones wait for <see cref="TickAsync"/>.</summary>
    public async Task BackfillAsync(DateTimeOffset from, DateTimeOffset to, int units, CancellationToken cancellation)
    {
        const int chunk = 2_000;
        for (var done = 0; done < units; done += chunk)
        {
            var visits = new List<Visit>(chunk);
            for (; _drawn < (ulong)Math.Min(units, done + chunk); _drawn++)
                if (Arrive(_drawn, HistoricalTime(from, to, _drawn, units)) is { } visit) visits.Add(visit);
            await SendAsync(visits, to, cancellation);
        }
    }

    /// <summary>Sends new units exposed now, and every conversion that has come due.</summary>
    public async Task TickAsync(DateTimeOffset now, double meanArrivals, CancellationToken cancellation)
    {
        var arrivals = new Draws(_seed ^ 0xA55A, _drawn).Poisson(meanArrivals);
        var visits = new List<Visit>(arrivals);
        for (var i = 0; i < arrivals; i++)
            if (Arrive(_drawn++, now) is { } visit) visits.Add(visit);
        if (arrivals == 0) _drawn++;
        await SendAsync(visits, now, cancellation);
    }

    private static DateTimeOffset HistoricalTime(DateTimeOffset from, DateTimeOffset to, ulong number, int units) => from + ((to - from) * ((number + 0.5) / units));

    /// <returns>Null for a unit that is not in the experiment, or whose exposure is lost on the way.</returns>
    private Visit? Arrive(ulong number, DateTimeOffset at)
    {
        var draws = new Draws(_seed, number);
        var userId = string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{number}");
        if (Assigner.Assign(_plan, userId).VariationIndex is not { } arm) return null;
        var lost = arm == _plan.Weights.Length - 1 && draws.Uniform() < _truth.LostShare;
        return lost ? null : _truth.Draw(userId, arm, at, ref draws) with { Attributes = SimulatedAttributes.Draw(_segments, new Draws(_seed ^ 0x5E65, number)) };
    }

    private async Task SendAsync(List<Visit> visits, DateTimeOffset now, CancellationToken cancellation)
    {
        if (_truth.Covariate is { } covariate && visits.Count > 0)
            await _client.SendPrePeriodAsync(_plan.Key, [.. visits.Select(visit => new PrePeriodItem(visit.UserId, covariate, visit.Before))], cancellation);
        var exposures = visits.SelectMany(visit => Repeated(new ExposureItem(visit.UserId, visit.Arm, visit.At, Attributes: visit.Attributes), visit.UserId)).ToList();
        if (exposures.Count > 0) await _client.SendExposuresAsync(_plan.Key, exposures, cancellation);
        foreach (var visit in visits)
        {
            // The holdout is not shown anything, so what it does is its own affair: it converts as control does.
            foreach (var conversion in visit.Conversions) _due.Enqueue((visit.UserId, conversion), conversion.At);
        }

        var conversions = new List<ConversionItem>();
        while (_due.TryPeek(out var next, out var at) && at <= now)
        {
            _due.Dequeue();
            var item = new ConversionItem(next.UserId, next.Conversion.Event, next.Conversion.Value, next.Conversion.Key, next.Conversion.At);
            conversions.AddRange(Repeated(item, next.Conversion.Key));
        }

        if (conversions.Count > 0) await _client.SendConversionsAsync(_plan.Key, conversions, cancellation);
        Sent += visits.Count;
    }

    /// <summary>A client that retries sends the same item again; the server must not count it.</summary>
    private IEnumerable<T> Repeated<T>(T item, string key)
    {
        yield return item;
        if (Assay.Assignment.Hashing.HashV2("duplicate", key) < _truth.DuplicateShare) yield return item;
    }
}
