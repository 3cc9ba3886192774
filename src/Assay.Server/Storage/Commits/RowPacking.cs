using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Assay.Server.Storage.Commits;

/// <summary>A row in some forty bytes: two of marks, then only what it has.</summary>
internal static class RowPacking
{
    private const int LengthOfUuid = 16;
    private const double Hundredths = 100;
    private const double LargestWhole = 1L << 53;

    [Flags]
    private enum Marks
    {
        None = 0,
        IsEvent = 1 << 0,
        IsCovariate = 1 << 1,
        Placed = 1 << 2,
        ClientAtIsAt = 1 << 3,
        ClientAt = 1 << 4,
        EventId = 1 << 5,
        Id = 1 << 6,
        Json = 1 << 7,
        Source = 1 << 8,
        Experiment = 1 << 9,
        WholeValue = 1 << 10,
        HundredthsValue = 1 << 11,
        RealValue = 1 << 12,
    }

    public static void Write(IBufferWriter<byte> into, in PackedRow row)
    {
        var (valueMark, scaled) = row.Kind == RowKind.Exposure ? default : Scale(row.Value);
        var marks = (Marks)(int)row.Kind | valueMark
            | (row.Batch > 0 ? Marks.Placed : Marks.None)
            | (row.ClientAt is not { } clientAt ? Marks.None : clientAt == row.At ? Marks.ClientAtIsAt : Marks.ClientAt)
            | (row.EventId is null ? Marks.None : Marks.EventId)
            | (row.Id is null ? Marks.None : Marks.Id)
            | (row.Json is null ? Marks.None : Marks.Json)
            | (row.Source is null ? Marks.None : Marks.Source)
            | (row.Experiment > 0 ? Marks.Experiment : Marks.None);
        BinaryPrimitives.WriteUInt16LittleEndian(into.GetSpan(2), (ushort)marks);
        into.Advance(2);
        if (marks.HasFlag(Marks.Placed))
        {
            Varint.Write(into, (ulong)row.Batch);
            Varint.Write(into, (ulong)row.Item);
        }

        if (marks.HasFlag(Marks.Experiment)) Varint.Write(into, (ulong)row.Experiment);
        if (row.Kind == RowKind.Exposure) Varint.Write(into, Varint.ZigZag(row.Variation));
        else Varint.Write(into, (ulong)row.Name);
        if (row.Kind != RowKind.Covariate)
        {
            Varint.Write(into, Varint.ZigZag(row.At));
            Varint.Write(into, Varint.ZigZag(row.ArrivedAt - row.At));
            if (marks.HasFlag(Marks.ClientAt)) Varint.Write(into, Varint.ZigZag(row.ClientAt!.Value - row.At));
        }

        if (marks.HasFlag(Marks.RealValue))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(into.GetSpan(sizeof(double)), row.Value);
            into.Advance(sizeof(double));
        }
        else if (valueMark != Marks.None)
        {
            Varint.Write(into, Varint.ZigZag(scaled));
        }

        if (row.EventId is { } uuid)
        {
            uuid.TryWriteBytes(into.GetSpan(LengthOfUuid), bigEndian: true, out _);
            into.Advance(LengthOfUuid);
        }

        if (row.Id is { } text) WriteText(into, text);
        if (row.Json is { } json) WriteText(into, json);
        if (row.Source is { } source) WriteText(into, source);
    }

    /// <summary>Reads the row at a place, which then is behind it.</summary>
    /// <param name="from">Rows, one behind the other.</param>
    /// <param name="place">Where it begins.</param>
    /// <exception cref="DamagedStorageException">There is none.</exception>
    public static PackedRow Read(ReadOnlySpan<byte> from, ref int place)
    {
        var marks = (Marks)BinaryPrimitives.ReadUInt16LittleEndian(Take(from, ref place, 2));
        var kind = (RowKind)(int)(marks & (Marks.IsEvent | Marks.IsCovariate));
        if (kind > RowKind.Covariate) throw new DamagedStorageException("A packed row is of no kind.");
        var row = new PackedRow(kind);
        if (marks.HasFlag(Marks.Placed))
        {
            row.Batch = (long)Varint.Read(from, ref place);
            row.Item = (int)Varint.Read(from, ref place);
        }

        if (marks.HasFlag(Marks.Experiment)) row.Experiment = (int)Varint.Read(from, ref place);
        if (row.Kind == RowKind.Exposure) row.Variation = (int)Varint.UnZigZag(Varint.Read(from, ref place));
        else row.Name = (int)Varint.Read(from, ref place);
        if (row.Kind != RowKind.Covariate)
        {
            row.At = Varint.UnZigZag(Varint.Read(from, ref place));
            row.ArrivedAt = row.At + Varint.UnZigZag(Varint.Read(from, ref place));
            if (marks.HasFlag(Marks.ClientAtIsAt)) row.ClientAt = row.At;
            else if (marks.HasFlag(Marks.ClientAt)) row.ClientAt = row.At + Varint.UnZigZag(Varint.Read(from, ref place));
        }

        if (row.Kind != RowKind.Exposure) row.Value = ReadValue(from, ref place, marks);
        if (marks.HasFlag(Marks.EventId)) row.EventId = new Guid(Take(from, ref place, LengthOfUuid), bigEndian: true);
        if (marks.HasFlag(Marks.Id)) row.Id = ReadText(from, ref place);
        if (marks.HasFlag(Marks.Json)) row.Json = ReadText(from, ref place);
        if (marks.HasFlag(Marks.Source)) row.Source = ReadText(from, ref place);
        return row;
    }

    /// <summary>How a value is written: 1 and 0 not at all and as a whole number, amounts as hundredths where that is exact, anything else as its bits.</summary>
    private static (Marks Mark, long Scaled) Scale(double value)
    {
        if (value == 1) return (Marks.None, 0);
        if (Math.Abs(value) < LargestWhole && Math.Truncate(value) == value) return (Marks.WholeValue, (long)value);
        var scaled = Math.Round(value * Hundredths);
        return Math.Abs(scaled) < LargestWhole && scaled / Hundredths == value ? (Marks.HundredthsValue, (long)scaled) : (Marks.RealValue, 0);
    }

    private static double ReadValue(ReadOnlySpan<byte> from, ref int place, Marks marks)
    {
        if (marks.HasFlag(Marks.RealValue)) return BinaryPrimitives.ReadDoubleLittleEndian(Take(from, ref place, sizeof(double)));
        if (marks.HasFlag(Marks.WholeValue)) return Varint.UnZigZag(Varint.Read(from, ref place));
        if (marks.HasFlag(Marks.HundredthsValue)) return Varint.UnZigZag(Varint.Read(from, ref place)) / Hundredths;
        return 1;
    }

    private static void WriteText(IBufferWriter<byte> into, string text)
    {
        Varint.Write(into, (ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, into);
    }

    private static string ReadText(ReadOnlySpan<byte> from, ref int place) =>
        Encoding.UTF8.GetString(Take(from, ref place, (int)Math.Min(int.MaxValue, Varint.Read(from, ref place))));

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> from, ref int place, int length)
    {
        if (length > from.Length - place) throw new DamagedStorageException("A packed row has no end.");
        place += length;
        return from.Slice(place - length, length);
    }
}
