using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Moving;

/// <summary>An installation's rows in one unchanging picture.</summary>
internal interface IRows : IAsyncDisposable
{
    /// <summary>The one number that a query answers, in SQL that every engine understands.</summary>
    long Number(string sql);

    bool HasRows(Table table);

    /// <summary>A table's rows in the order of its key. The array is the same for every row.</summary>
    IEnumerable<Cell[]> Read(Table table);

    /// <summary>Every opened experiment: what is stored of it, and the same computed anew from raw rows.</summary>
    IAsyncEnumerable<(MeasuredExperiment Stored, MeasuredExperiment Recomputed)> MeasureAsync(CancellationToken cancellation);
}

/// <summary>An empty installation that is being filled. Disposed of before it is kept, it is as if nothing had been written.</summary>
internal interface IRowTarget : IRows
{
    void Write(Table table, IEnumerable<Cell[]> rows);

    /// <summary>Every row is written: what the engine derives from rows can be made.</summary>
    void Complete(IReadOnlyList<MovedTable> moved);

    /// <summary>Makes it an installation, on disk when this returns.</summary>
    Task KeepAsync(CancellationToken cancellation);
}
