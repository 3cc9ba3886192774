using Assay.Server.Storage;
using Assay.Server.Storage.Moving;

namespace Assay.Server.Tests.Storage.Moving;

/// <summary>What a migration adds is moved, or is named here as an engine's own.</summary>
public abstract class SchemaContract
{
    /// <summary>Columns that stay where they are, as <c>table.column</c>; a table with a star is left out whole.</summary>
    private protected abstract IEnumerable<string> Own { get; }

    /// <summary>Migrates, and tells every column of the schema as <c>table.column</c>.</summary>
    private protected abstract Task<IReadOnlyList<string>> MigratedAsync();

    private protected abstract IEnumerable<string> Columns(Table table);

    [Fact]
    public async Task Every_column_of_the_schema_is_moved_or_named_as_the_engines_own()
    {
        var moved = Tables.All.SelectMany(table => Columns(table).Select(column => $"{table.Name}.{column}"));
        var left = Own.ToHashSet(StringComparer.Ordinal);
        var stored = (await MigratedAsync()).Where(column => !left.Contains(column) && !left.Contains($"{column.Split('.')[0]}.*"));
        Assert.Equal(moved.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }
}

public sealed class SchemaVersionTests
{
    [Fact]
    public void Engines_have_the_same_number_of_migrations() =>
        Assert.Equal(Migrations.All().Max(migration => migration.Number), Migrations.All("Postgres").Max(migration => migration.Number));
}
