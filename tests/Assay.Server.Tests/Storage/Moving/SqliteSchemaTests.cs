using Assay.Server.Storage;
using Assay.Server.Storage.Moving;
using Dapper;

namespace Assay.Server.Tests.Storage.Moving;

public sealed class SqliteSchemaTests : SchemaContract, IDisposable
{
    private readonly MoveFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override IEnumerable<string> Own => ["schema_version.*", "audit_turn.*", "runs.*", "run_stretches.*", "run_chunks.*"];

    /// <summary>What is packed has no columns here: that every one comes back is what the moves of random histories prove.</summary>
    private protected override IEnumerable<string> Columns(Table table) => table.Packed is null ? table.Columns.Select(column => column.Name) : [];

    private protected override async Task<IReadOnlyList<string>> MigratedAsync()
    {
        await using var engine = StorageEngines.Open(_folder.Storage("empty"));
        await engine.MigrateAsync(TimeProvider.System, CancellationToken.None);
        await using var connection = await engine.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(
            """
            select t.name || '.' || c.name from sqlite_master t join pragma_table_info(t.name) c
            where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'
            """)).AsList();
    }
}
