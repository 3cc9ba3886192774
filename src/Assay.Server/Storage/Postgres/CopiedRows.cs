using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>Rows on their way into a table, in the binary form of COPY: the type of every column is known, so that values are written down without being asked for theirs.</summary>
internal sealed class CopiedRows : IDisposable
{
    private const int Piece = 64 * 1024;
    private const int Null = -1;

    // The signature, no flags and no extension.
    private static readonly byte[] Beginning = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, .. new byte[8]];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly NpgsqlRawCopyStream _stream;
    private readonly short _columns;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * Piece);
    private int _length;

    private CopiedRows(NpgsqlRawCopyStream stream, short columns)
    {
        (_stream, _columns) = (stream, columns);
        Beginning.CopyTo(Take(Beginning.Length));
    }

    public static async Task<CopiedRows> BeginAsync(NpgsqlConnection connection, string table, string columns, CancellationToken cancellation) => new(
        await connection.BeginRawBinaryCopyAsync($"copy {table} ({columns}) from stdin (format binary)", cancellation), (short)(1 + columns.Count(',')));

    /// <summary>Begins a row; its values follow in the order of the columns.</summary>
    public ValueTask RowAsync(CancellationToken cancellation)
    {
        if (_length >= Piece) return SendAndBeginAsync(cancellation);
        Begin();
        return ValueTask.CompletedTask;
    }

    public void Add(int value) => BinaryPrimitives.WriteInt32BigEndian(Value(sizeof(int)), value);

    public void Add(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(sizeof(long)), value);

    public void Add(double value) => BinaryPrimitives.WriteDoubleBigEndian(Value(sizeof(double)), value);

    public void Add(long? value)
    {
        if (value is { } known) Add(known);
        else AddNull();
    }

    public void Add(Guid? value)
    {
        if (value is { } known) known.TryWriteBytes(Value(16), bigEndian: true, out _);
        else AddNull();
    }

    public void Add(string? value)
    {
        if (value is null)
        {
            AddNull();
            return;
        }

        var bytes = Utf8.GetByteCount(value);
        Utf8.GetBytes(value, Value(bytes));
    }

    /// <summary>Ends the rows; where one of them must not be, it is said here.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), -1);
        await _stream.WriteAsync(_buffer.AsMemory(0, _length), cancellation);
        await _stream.DisposeAsync();
    }

    /// <summary>Rows that were not completed are never stored: their session is closed.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask SendAndBeginAsync(CancellationToken cancellation)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _length), cancellation);
        _length = 0;
        Begin();
    }

    private void Begin() => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), _columns);

    private void AddNull() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), Null);

    private Span<byte> Value(int bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), bytes);
        return Take(bytes);
    }

    private Span<byte> Take(int bytes)
    {
        if (_length + bytes > _buffer.Length) Grow(_length + bytes);
        var taken = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return taken;
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes, 2 * _buffer.Length));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
