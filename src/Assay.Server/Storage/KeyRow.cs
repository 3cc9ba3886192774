namespace Assay.Server.Storage;

/// <summary>A row of <c>access_keys</c>.</summary>
internal sealed record KeyRow(string Id, string Hash, string Scope, long CreatedAt)
{
    public AccessKey ToKey() => new(Id, Hash, Wire.Parse<AccessScope>(Scope), Microseconds.ToTime(CreatedAt));
}
