namespace Assay.Server.Storage.Commits;

/// <summary>A unit's row as it is packed: what its kind does not have is at its default.</summary>
internal record struct PackedRow(RowKind Kind)
{
    /// <summary>The commit; 0 in a copy that is only measured.</summary>
    public long Batch { get; set; }

    public int Item { get; set; }

    /// <summary>Of an exposure or covariate its experiment; of an event the experiment whose namespace the id is in, 0 for the installation's.</summary>
    public int Experiment { get; set; }

    /// <summary>Number of an event's or covariate's name.</summary>
    public int Name { get; set; }

    public int Variation { get; set; }

    /// <summary>Corrected time, microseconds.</summary>
    public long At { get; set; }

    public long? ClientAt { get; set; }

    public long ArrivedAt { get; set; }

    public double Value { get; set; }

    /// <summary>Of an exposure the client's id; of an event the same where it is kept beside its hash.</summary>
    public string? Id { get; set; }

    public Guid? EventId { get; set; }

    /// <summary>An exposure's attributes, an event's properties: canonical JSON.</summary>
    public string? Json { get; set; }

    public string? Source { get; set; }
}
