namespace Assay.Server.Storage;

/// <summary>A row of <c>access_keys</c>.</summary>
internal sealed record KeyRow
{
    public required string Id { get; init; }

    public required string Hash { get; init; }

    public required string Scope { get; init; }

    public required long CreatedAt { get; init; }

    public AccessKey ToKey() => new(Id, Hash, Wire.Parse<AccessScope>(Scope), Microseconds.ToTime(CreatedAt));
}
