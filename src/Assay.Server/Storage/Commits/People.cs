namespace Assay.Server.Storage.Commits;

/// <summary>Who is one person, and who is excluded from what, at one commit; never changed.</summary>
internal sealed record People(ExcludedUnits Excluded, LinkedUnits Links)
{
    public static People None { get; } = new(ExcludedUnits.None, LinkedUnits.None);
}
