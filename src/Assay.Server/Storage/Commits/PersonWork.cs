using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Persons that a commit touches: of each all units are measured as one.</summary>
/// <param name="load">A unit with its rows.</param>
/// <param name="loadEvents">Fetches the stored events of a unit that were left out.</param>
internal sealed class PersonWork(Func<long, UnitWork> load, Action<UnitWork> loadEvents)
{
    /// <summary>Exchanges what the persons contribute that units are of.</summary>
    /// <param name="touched">The units.</param>
    /// <param name="before">Who was one person, and excluded, in what is served.</param>
    /// <param name="after">Who is from now on: in one commit links are made, or lifted, or neither.</param>
    public void Exchange(IReadOnlyCollection<long> touched, People before, People after)
    {
        if (ReferenceEquals(before.Links, after.Links))
        {
            foreach (var person in touched.Select(before.Links.PersonOf).Distinct()) Whole(before.Links, person).Exchange(lane: 0, loadEvents, before.Excluded, after.Excluded);
            return;
        }

        var isJoining = after.Links.Count > before.Links.Count;
        var (joined, apart) = isJoining ? (after, before) : (before, after);
        foreach (var person in touched.Select(joined.Links.PersonOf).Distinct().ToList())
        {
            var whole = Whole(joined.Links, person);
            var parts = joined.Links.UnitsOf(person).Select(apart.Links.PersonOf).Distinct().Select(part => Whole(apart.Links, part)).ToList();
            foreach (var view in whole.Views)
                if (view is { IsTouched: true, View.State.Measure: not null }) Exchange(view.View, whole, parts, isJoining, joined.Excluded, apart.Excluded);
        }
    }

    /// <summary>A unit that has the rows of several.</summary>
    /// <param name="units">The units, the one that gives the person its name first.</param>
    public static UnitWork Of(IReadOnlyList<UnitWork> units)
    {
        if (units.Count == 1) return units[0];
        var person = new UnitWork(units[0].UserId) { Unit = units[0].Unit, Members = [.. units.Select(unit => unit.Unit!.Value)] };
        foreach (var unit in units) AddStored(person, unit);
        Choose(person, units, static view => view.StoredCovariates);
        person.MarkStored();
        foreach (var unit in units) AddNew(person, unit);
        Choose(person, units, static view => view.Covariates);
        return person;
    }

    private UnitWork Whole(LinkedUnits links, long person) => Of(links.UnitsOf(person).ConvertAll(unit => load(unit)));

    private static void Exchange(ViewDraft view, UnitWork whole, List<UnitWork> parts, bool isJoining, ExcludedUnits joined, ExcludedUnits apart)
    {
        var one = whole.Contribution(view, joined);
        var many = parts.Select(part => part.Contribution(view, apart)).OfType<UnitMeasurement>().ToList();
        if (many is [var only] && only.Equals(one)) return;
        if (!isJoining) view.Exchange(one, null);
        foreach (var part in many) view.Exchange(isJoining ? part : null, isJoining ? null : part);
        if (isJoining) view.Exchange(null, one);
    }

    private static void AddStored(UnitWork person, UnitWork unit)
    {
        person.StoredEvents.AddRange(unit.StoredEvents);
        foreach (var view in unit.Views)
            foreach (ref readonly var row in view.StoredExposures) person.In(view.View).Add(row, clientAt: null);
    }

    private static void AddNew(UnitWork person, UnitWork unit)
    {
        person.NewEvents.AddRange(unit.NewEvents);
        foreach (var view in unit.Views)
        {
            var joint = person.In(view.View);
            joint.IsTouched |= view.IsTouched;
            foreach (ref readonly var row in view.Exposures[view.StoredExposures.Length..]) joint.Add(row, clientAt: null);
        }
    }

    /// <summary>Adds the values that count; where a covariate was added before, the later value is measured.</summary>
    private static void Choose(UnitWork person, IReadOnlyList<UnitWork> units, CovariatesOf covariatesOf)
    {
        var chosen = new Dictionary<ViewDraft, PersonCovariates>();
        foreach (var unit in units)
        {
            foreach (var view in unit.Views)
            {
                foreach (ref readonly var row in covariatesOf(view))
                {
                    if (!chosen.TryGetValue(view.View, out var covariates)) chosen.Add(view.View, covariates = new PersonCovariates());
                    covariates.Add(unit == units[0] ? null : unit.UserId, row);
                }
            }
        }

        foreach (var (view, covariates) in chosen)
            foreach (ref readonly var row in covariates.Rows) person.In(view).Add(row);
    }

    private delegate ReadOnlySpan<CovariateRow> CovariatesOf(UnitInView view);
}
