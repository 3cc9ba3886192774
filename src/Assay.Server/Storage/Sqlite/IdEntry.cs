using System.Buffers;
using System.Buffers.Binary;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>What stands beside an id: whose row has it, and what was sent.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Content">64 bits of what a client sent; null in an entry of a file from before they were kept.</param>
internal readonly record struct IdEntry(long Unit, long? Content)
{
    // No unit has the number 0: an entry that begins with it has a content.
    private const byte HasContent = 0;

    public static IdEntry Of(in PackedRow row, long unit) => new(unit, Fingerprint.OfContent(row, unit));

    public static IdEntry Read(ReadOnlySpan<byte> from, ref int place)
    {
        var unit = (long)Varint.Read(from, ref place);
        if (unit != HasContent) return new IdEntry(unit, null);
        unit = (long)Varint.Read(from, ref place);
        if (from.Length - place < sizeof(long)) throw new DamagedStorageException("An entry of an id is broken off.");
        var content = BinaryPrimitives.ReadInt64LittleEndian(from[place..]);
        place += sizeof(long);
        return new IdEntry(unit, content);
    }

    public static long UnitOf(ReadOnlySpan<byte> entry)
    {
        var place = 0;
        return Read(entry, ref place).Unit;
    }

    public void Write(IBufferWriter<byte> into)
    {
        Varint.Write(into, HasContent);
        Varint.Write(into, (ulong)Unit);
        BinaryPrimitives.WriteInt64LittleEndian(into.GetSpan(sizeof(long)), Content!.Value);
        into.Advance(sizeof(long));
    }
}
