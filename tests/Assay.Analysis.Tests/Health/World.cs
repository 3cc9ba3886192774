using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Analysis.Health;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Tests.Health;

/// <summary>A simulated experiment in which all is well unless a fault is planted: 20 days, two equal arms, events in clusters, a heavy-tailed covariate, exposures told several times.</summary>
internal sealed class World(ulong run = 1)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private const long Hour = 3_600_000_000;
    private const long Day = 24 * Hour;
    private static readonly long Started = Microseconds(Start);

    private readonly Draws _draws = new(20261127, Draws.Key("health"), run);
    private readonly Dictionary<ReceiptKey, ReceiptTotals> _receipts = [];
    private AccumulatorSet? _set;
    private UnitMeasure? _measure;
    private int _day;

    public string Design { get; init; } =
        """
        { "key": "sound", "setup": { "variations": [ { "key": "control" }, { "key": "treatment" } ], "segments": [ { "attribute": "country", "values": ["DE", "FR"] } ], "expected_daily_traffic": 500 },
          "metrics": { "primary_metric_name": "purchase", "metric_type": "binary", "baseline_value": 0.2, "mde_pct": 10, "attribution_window_hours": 48,
            "secondary": [ { "name": "revenue", "event": "purchase", "metric_type": "continuous", "baseline_value": 3, "std_dev": 7.5 }, { "name": "refund", "metric_type": "binary" } ],
            "covariates": [ { "name": "spent_before", "source": "pre_period" } ] } }
        """;

    public ExperimentPlan? Plan { get; init; } = new() { PlannedSampleSizePerVariant = 5_000, PlannedSampleSizes = [5_000, 5_000], DurationDays = 20, Boundaries = [] };

    public string Status { get; init; } = "running";

    public int UnitsPerDay { get; init; } = 500;

    /// <summary>The design's window, hours: conversions fall into it.</summary>
    public int Window { get; init; } = 48;

    /// <summary>Which arm a unit is in.</summary>
    public Func<Draws, int> Assign { get; init; } = draws => draws.Chance(0.5) ? 1 : 0;

    /// <summary>Whether the exposure of a unit is sent at all, by day, arm and country.</summary>
    public Func<int, int, string, double> Sent { get; init; } = (_, _, _) => 1;

    /// <summary>Whether an exposure that arrives is refused, by arm.</summary>
    public Func<int, double> Refused { get; init; } = _ => 0.001;

    /// <summary>How often an exposure is repeated, by arm.</summary>
    public Func<int, double> Repeats { get; init; } = _ => 0.6;

    /// <summary>Whether a unit is seen in another arm too, by arm.</summary>
    public Func<int, double> Crosses { get; init; } = _ => 0.003;

    /// <summary>Whether a unit has events before its exposure, by arm.</summary>
    public Func<int, double> Early { get; init; } = _ => 0.2;

    /// <summary>Whether a unit has an event in the window, by arm and name.</summary>
    public Func<int, string, double> Converts { get; init; } = (_, name) => name == "purchase" ? 0.2 : 0.05;

    /// <summary>What a purchase is worth.</summary>
    public Func<Draws, double> Worth { get; init; } = draws => 15 * draws.LogNormal(0.4) / 1.0833;

    /// <summary>Whether a unit has an event after the window, by arm.</summary>
    public Func<int, double> After { get; init; } = _ => 0.1;

    /// <summary>Whether an event arrives two days after its unit's maturity.</summary>
    public double Late { get; init; } = 0.001;

    /// <summary>Whether a unit has the covariate, by arm, and what it is multiplied by.</summary>
    public Func<int, (double Known, double Factor)> Before { get; init; } = _ => (0.8, 1);

    public long Rearmed { get; init; } = 3;

    /// <summary>Events of units that were never exposed.</summary>
    public int Unexposed { get; init; } = 40;

    /// <summary>Whether units' events come under another id than their exposure.</summary>
    public bool IsSplit { get; init; }

    /// <summary>Health after so many days, at noon or some hours later.</summary>
    public HealthReadout After20Days(double hours = 0) => ReadOn(20, hours);

    /// <summary>Lets days pass, and reads.</summary>
    public HealthReadout ReadOn(int days, double hours = 0)
    {
        var design = DesignReader.Read(JsonElement.Parse(Design)).Design!;
        var view = ExperimentViews.Of(design, 1, Start, null);
        _measure ??= new UnitMeasure(view);
        _set ??= new AccumulatorSet(view, 0);
        while (_day < days) Pass(design, _day++);
        var now = Start.AddDays(days).AddHours(12 + hours);
        _set.CompactThrough(Maturity.CompactedThrough(Microseconds(now)));
        var measured = new MeasuredExperiment(design.Key, 1, 1, days == 0 ? null : Started + (days * Day) - Hour, Rearmed, _set.ToImmutable()) { Receipts = _receipts.ToImmutableDictionary() };
        return Readout.Analyse(new ReadoutInput(design, Plan, design.Key, Status, 1, 1, measured, [], now, AllPairs: false, Final: false) { StartedAt = Start }).Health;
    }

    private void Pass(Design design, int day)
    {
        for (var i = 0; i < UnitsPerDay; i++) Meet(design, day);
        for (var i = 0; i < Unexposed; i++) Add([], [Event("purchase", Started + (day * Day) + Within(Day), 1)], []);
    }

    private void Meet(Design design, int day)
    {
        var arm = Assign(_draws);
        var country = _draws.Chance(0.1) ? "FR" : _draws.Chance(0.5) ? "DE" : "US";
        if (!_draws.Chance(Sent(day, arm, country))) return;
        var repeats = 0;
        while (_draws.Chance(Repeats(arm))) repeats++;
        var isRefused = _draws.Chance(Refused(arm));
        var key = new ReceiptKey(arm, Maturity.DayOf(Started) + day);
        _receipts[key] = _receipts.GetValueOrDefault(key).Plus(new ReceiptTotals(1 + repeats, isRefused ? 0 : repeats, isRefused ? 1 + repeats : 0));
        if (isRefused) return;

        var at = Started + (day * Day) + Within(Day);
        var exposures = new List<ExposureRow> { new(at, arm, "", $$"""{"country":"{{country}}"}""") };
        if (_draws.Chance(Crosses(arm))) exposures.Add(new(at + 1, (arm + 1) % design.Setup.Variations.Length, ""));
        var (known, factor) = Before(arm);
        var covariates = new List<CovariateRow>();
        if (design.Metrics.Covariates.Length > 0 && _draws.Chance(known)) covariates.Add(new("spent_before", factor * _draws.LogNormal(1)));
        var events = Events(arm, at).ToList();
        Add(exposures, IsSplit ? [] : events, covariates);
        if (IsSplit && events.Count > 0) Add([], events, []);
    }

    private IEnumerable<EventRow> Events(int arm, long at)
    {
        if (at - Started > 2 * Hour && _draws.Chance(Early(arm)))
        {
            for (var i = _draws.Below(6); i >= 0; i--) yield return Event("purchase", at - 1 - Within(Hour), 1);
        }

        foreach (var name in (string[])["purchase", "refund"])
        {
            if (!_draws.Chance(Converts(arm, name))) continue;
            var when = at + Within(Window * Hour);
            yield return Event(name, when, Worth(_draws), _draws.Chance(Late) ? at + (5 * Day) : when);
        }

        if (_draws.Chance(After(arm))) yield return Event("purchase", at + ((Window + 2) * Hour), 1);
    }

    private void Add(List<ExposureRow> exposures, List<EventRow> events, List<CovariateRow> covariates)
    {
        if (_measure!.Measure([.. exposures], [.. events], [.. covariates]) is { } unit) _set!.Add(unit);
    }

    private long Within(long span) => (long)(_draws.Uniform() * span);

    private static EventRow Event(string name, long at, double value, long? arrivedAt = null) => new(name, at, value, arrivedAt ?? at, null);

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
