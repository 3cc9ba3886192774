namespace Assay.Server.Storage.Moving;

/// <summary>A value on its way from one engine to another: a number or the bits of one, or a text or bytes, or nothing.</summary>
internal readonly record struct Cell
{
    private readonly long _number;
    private readonly object? _content;

    private Cell(long number, object? content, bool isNull)
    {
        _number = number;
        _content = content;
        IsNull = isNull;
    }

    public static Cell Null { get; } = new(0, null, isNull: true);

    public bool IsNull { get; }

    public long Int64 => _number;

    /// <exception cref="MoveException">The number is no 32-bit one, which only damage makes of it.</exception>
    public int Int32 => _number is >= int.MinValue and <= int.MaxValue ? (int)_number : throw new MoveException($"The number {_number} is out of its column's range.");

    public double Real => BitConverter.Int64BitsToDouble(_number);

    public string Text => (string)_content!;

    public byte[] Bytes => (byte[])_content!;

    public static Cell Of(long value) => new(value, null, isNull: false);

    /// <remarks>SQLite knows one zero.</remarks>
    public static Cell Of(double value) => new(BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value), null, isNull: false);

    public static Cell Of(string value) => new(0, value, isNull: false);

    public static Cell Of(byte[] value) => new(0, value, isNull: false);
}
