using System.Buffers;
using System.Buffers.Binary;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>What stands beside an id: whose row has it, and what was sent.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Content">64 bits of what a client sent.</param>
internal readonly record struct IdEntry(long Unit, long Content)
{
    public static IdEntry Of(in PackedRow row, long unit) => new(unit, Fingerprint.OfContent(row, unit));

    public static IdEntry Read(ReadOnlySpan<byte> from, ref int place)
    {
        var unit = (long)Varint.Read(from, ref place);
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
        Varint.Write(into, (ulong)Unit);
        BinaryPrimitives.WriteInt64LittleEndian(into.GetSpan(sizeof(long)), Content);
        into.Advance(sizeof(long));
    }
}
