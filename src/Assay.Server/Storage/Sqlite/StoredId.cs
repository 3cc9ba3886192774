namespace Assay.Server.Storage.Sqlite;

/// <summary>Clients' ids as stored: text, or 16 bytes for what is exactly a UUID in its usual form, which most are.</summary>
internal static class StoredId
{
    private const int UuidLength = 36;

    public static Statement BindId(this Statement statement, int index, string? id)
    {
        Span<byte> bytes = stackalloc byte[16];
        return id is { Length: UuidLength } && IsUuid(id, bytes) ? statement.Bind(index, bytes) : statement.Bind(index, id);
    }

    public static string? Read(Statement row, int column)
    {
        if (row.IsNull(column)) return null;
        return row.IsBlob(column) ? new Guid(row.Blob(column), bigEndian: true).ToString("D") : row.Text(column);
    }

    /// <summary>Whether the text comes back as it was, letter for letter.</summary>
    private static bool IsUuid(string id, Span<byte> bytes)
    {
        if (!Guid.TryParseExact(id, "D", out var uuid)) return false;
        Span<char> text = stackalloc char[UuidLength];
        return uuid.TryFormat(text, out _, "D") && text.SequenceEqual(id) && uuid.TryWriteBytes(bytes, bigEndian: true, out _);
    }
}
