using System.Collections.Immutable;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Moving;

/// <summary>A table of an installation, as every engine can tell it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The columns that order its rows, the same everywhere: texts by their bytes.</param>
/// <param name="Columns">What is moved.</param>
internal sealed record Table(string Name, ImmutableArray<string> Key, ImmutableArray<Column> Columns)
{
    /// <summary>What SQLite packs its rows as; null where it keeps a table like the others.</summary>
    public RowKind? Packed { get; init; }

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Length; i++)
            if (Columns[i].Name == column) return i;
        throw new ArgumentOutOfRangeException(nameof(column), column, $"{Name} has no such column.");
    }
}

/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record Column(string Name, ColumnType Type);

internal enum ColumnType
{
    Integer,
    Bigint,
    Real,
    Text,

    /// <summary>A UUID, on its way a text.</summary>
    Uuid,
    Bytes,
}
