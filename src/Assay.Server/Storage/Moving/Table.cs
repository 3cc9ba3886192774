using System.Collections.Immutable;

namespace Assay.Server.Storage.Moving;

/// <summary>A table of an installation, as every engine can tell it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The columns that order its rows, the same everywhere: texts by their bytes.</param>
/// <param name="Columns">What is moved.</param>
internal sealed record Table(string Name, ImmutableArray<string> Key, ImmutableArray<Column> Columns)
{
    /// <summary>A column that only SQLite keeps, and that is computed anew there.</summary>
    public FingerprintColumn? Fingerprint { get; init; }

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Length; i++)
            if (Columns[i].Name == column) return i;
        throw new ArgumentOutOfRangeException(nameof(column), column, $"{Name} has no such column.");
    }
}

/// <param name="Name">Its name, and on PostgreSQL what it is read from and written to.</param>
/// <param name="Type">Its type.</param>
internal sealed record Column(string Name, ColumnType Type)
{
    /// <summary>How SQLite keeps it, where that is otherwise.</summary>
    public SqliteForm? Sqlite { get; init; }
}

/// <param name="Column">The column there.</param>
/// <param name="Read">An expression over the columns there.</param>
/// <param name="Write">An expression over the columns here, each with a colon.</param>
internal sealed record SqliteForm(string Column, string Read, string Write);

/// <param name="Name">The column.</param>
/// <param name="Scope">The column of the text's namespace; null when there is none.</param>
/// <param name="Text">The column of the text; where that is null, so is the fingerprint.</param>
internal sealed record FingerprintColumn(string Name, string? Scope, string Text);

internal enum ColumnType
{
    Integer,
    Bigint,
    Real,
    Text,

    /// <summary>A client's id, a text.</summary>
    Id,
    Bytes,
}
