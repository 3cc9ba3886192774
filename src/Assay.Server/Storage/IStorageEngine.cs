using System.Data.Common;

namespace Assay.Server.Storage;

/// <summary>What the server needs of a database besides <see cref="ICatalog"/> and <see cref="IEventStore"/>.</summary>
internal interface IStorageEngine : IAsyncDisposable
{
    DbDataSource Source { get; }

    /// <summary>Takes the storage for this process, on an engine that serves one process only.</summary>
    /// <exception cref="StorageInUseException">Another server has it.</exception>
    void Take();

    /// <summary>Brings the database to the present; of several processes that do so at once, one does each step.</summary>
    Task MigrateAsync(TimeProvider clock, CancellationToken cancellation);

    /// <summary>Whether there is an access key, asked before storage comes up: nothing is made and nothing is changed.</summary>
    /// <exception cref="IOException">The database does not answer.</exception>
    bool HasKey();

    /// <returns>Why a write would fail now; null when it would not.</returns>
    Task<string?> ProbeAsync(CancellationToken cancellation);

    /// <summary>The right to change experiments, which one caller of one process has at a time; disposing of it gives it back.</summary>
    Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation);
}
