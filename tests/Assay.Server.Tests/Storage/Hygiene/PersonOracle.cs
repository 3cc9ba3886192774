using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage.Hygiene;

/// <summary>Who is one person, by the plainest means.</summary>
internal sealed class PersonOracle
{
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    public static string UserOf(Arrival item) => item.Exposure?.UserId ?? item.Event?.UserId ?? item.Covariate!.UserId;

    public string PersonOf(string id) => _links.TryGetValue(id, out var into) ? PersonOf(into) : id;

    public IEnumerable<string> IdsOf(string person) => _links.Keys.Where(id => PersonOf(id) == person).Prepend(person);

    public LinkFate Link(string id, string into)
    {
        if (_links.TryGetValue(id, out var known)) return id == into || known != into ? (id == into ? LinkFate.Cycle : LinkFate.Conflict) : LinkFate.Duplicate;
        if (PersonOf(into) == id) return LinkFate.Cycle;
        _links.Add(id, into);
        return LinkFate.Recorded;
    }

    public LinkFate Lift(string id) => _links.Remove(id) ? LinkFate.Recorded : LinkFate.Duplicate;

    public void Erase(IEnumerable<string> ids)
    {
        foreach (var id in ids) _links.Remove(id);
    }

    /// <summary>Every row under the person's own id. Of a covariate the person's own value comes first, then that of the first other id.</summary>
    public IReadOnlyList<Arrival> Join(IEnumerable<Arrival> items) =>
    [
        .. items.OrderBy(item => item.Covariate is null ? 0 : PersonOf(UserOf(item)) == UserOf(item) ? 1 : 2)
            .ThenBy(item => item.Covariate?.UserId, StringComparer.Ordinal)
            .Select(item => item with
            {
                Exposure = item.Exposure is { } exposure ? exposure with { UserId = PersonOf(exposure.UserId) } : null,
                Event = item.Event is { } told ? told with { UserId = PersonOf(told.UserId) } : null,
                Covariate = item.Covariate is { } covariate ? covariate with { UserId = PersonOf(covariate.UserId) } : null,
            }),
    ];
}
