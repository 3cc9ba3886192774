using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Storage.Moving;

/// <summary>SHA-256 over a table's rows in the order of its key: what two engines agree on when they hold the same rows, bit for bit.</summary>
internal sealed class RowDigest(Table table) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[64 * 1024];
    private int _length;

    public long Rows { get; private set; }

    /// <summary>Passes rows on, and takes them in.</summary>
    public IEnumerable<Cell[]> Over(IEnumerable<Cell[]> rows)
    {
        foreach (var row in rows)
        {
            Add(row);
            yield return row;
        }
    }

    public void Add(Cell[] row)
    {
        Rows++;
        for (var i = 0; i < row.Length; i++) Add(row[i], table.Columns[i].Type);
    }

    /// <summary>The digest of all rows taken in; none can be added after.</summary>
    public byte[] End()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Add(in Cell cell, ColumnType type)
    {
        Take(1)[0] = cell.IsNull ? (byte)0 : (byte)1;
        if (cell.IsNull) return;
        switch (type)
        {
            case ColumnType.Text or ColumnType.Uuid:
                var length = Encoding.UTF8.GetByteCount(cell.Text);
                BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), length);
                Encoding.UTF8.GetBytes(cell.Text, Take(length));
                break;
            case ColumnType.Bytes:
                BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), cell.Bytes.Length);
                cell.Bytes.CopyTo(Take(cell.Bytes.Length));
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), cell.Int64);
                break;
        }
    }

    private Span<byte> Take(int bytes)
    {
        if (_length + bytes > _buffer.Length) Flush();
        if (bytes > _buffer.Length) _buffer = new byte[bytes];
        _length += bytes;
        return _buffer.AsSpan(_length - bytes, bytes);
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _length);
        _length = 0;
    }
}
