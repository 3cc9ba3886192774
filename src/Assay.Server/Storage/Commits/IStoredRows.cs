namespace Assay.Server.Storage.Commits;

/// <summary>What a commit asks of its engine about what is stored already: nothing of the commit itself is in the answers.</summary>
internal interface IStoredRows
{
    /// <summary>Tells the unit what is remembered of it, if anything is. Asked for units of several lanes at once.</summary>
    void Recall(UnitWork unit);

    /// <summary>Tells a unit that is not remembered its number, if it was ever stored.</summary>
    void Find(UnitWork unit);

    /// <summary>Numbers a unit that was never stored.</summary>
    void Add(UnitWork unit);

    /// <summary>Who a unit is.</summary>
    string UserOf(long unit);

    /// <summary>The number of an event's or covariate's name, given on first use.</summary>
    int NumberOf(string name);

    /// <summary>A recorded event of a name tells this time.</summary>
    void Saw(int name, long at);

    /// <summary>Whether there is any doubt that an event's id is new. Asked by several lanes at once.</summary>
    bool MayHold(EventItem item);

    /// <summary>Whether an event is stored already; null when its id is new.</summary>
    /// <param name="scope">The experiment whose namespace the id is in; null is the installation's.</param>
    /// <param name="id">The id.</param>
    /// <param name="item">The event.</param>
    /// <param name="unit">Its unit, found.</param>
    ItemFate? JudgeEvent(int? scope, Guid id, EventItem item, UnitWork unit);

    /// <summary>Whether an exposure with an id is stored already; null when its id is new.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="item">The exposure.</param>
    /// <param name="unit">Its unit, found.</param>
    ItemFate? JudgeExposure(int experiment, ExposureItem item, UnitWork unit);

    /// <summary>Reads a unit's rows, as far as the commit can need them. Asked for units of several lanes at once.</summary>
    /// <param name="work">The unit, found.</param>
    /// <param name="drafts">The experiments of the commit.</param>
    /// <param name="viewOf">The experiment of a number; null where its rows are not needed.</param>
    void Load(UnitWork work, Drafts drafts, Func<int, ViewDraft?> viewOf);

    /// <summary>Reads the stored events that <see cref="Load"/> left out. Asked for units of several lanes at once.</summary>
    void LoadEvents(UnitWork work, Drafts drafts);
}

/// <summary>What makes two events of one id the same.</summary>
internal sealed record EventContent(string UserId, string Name, double Value, long? ClientAt, string? Properties)
{
    public static EventContent Of(EventItem item) => new(item.UserId, item.Name, item.Value, item.ClientAt, item.Properties);

    /// <summary>What an event of the same id is.</summary>
    public ItemFate Judge(EventItem item) => this == Of(item) ? ItemFate.Duplicate : ItemFate.Conflict;
}

/// <summary>What makes two exposures of one id the same.</summary>
internal sealed record ExposureContent(string UserId, int Variation, long? ClientAt, string? Attributes)
{
    public static ExposureContent Of(ExposureItem item) => new(item.UserId, item.Variation, item.ClientAt, item.Attributes);

    /// <summary>What an exposure of the same id is.</summary>
    public ItemFate Judge(ExposureItem item) => this == Of(item) ? ItemFate.Duplicate : ItemFate.Conflict;
}
