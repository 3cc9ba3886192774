using System.Buffers;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>What a commit counted that no row tells, in a few bytes an experiment: the counts of any commit that was can be told by going back from those of now.</summary>
internal static class ArrivalPacking
{
    private const int Unmoved = 0, FromNothing = 1, FromTime = 2;

    /// <returns>Null where nothing was counted.</returns>
    public static byte[]? Pack(IEnumerable<ArrivalChange> changes)
    {
        var packed = new ArrayBufferWriter<byte>();
        foreach (var change in changes)
        {
            if (change.IsEmpty) continue;
            Varint.Write(packed, (ulong)change.Experiment);
            Varint.Write(packed, (ulong)change.Rearmed);
            Varint.Write(packed, !change.HasLast ? Unmoved : change.LastBefore is null ? FromNothing : (ulong)FromTime);
            if (change is { HasLast: true, LastBefore: { } before }) Varint.Write(packed, Varint.ZigZag(before));
            Varint.Write(packed, (ulong)change.Receipts.Count);
            foreach (var (key, totals) in change.Receipts)
            {
                Varint.Write(packed, Varint.ZigZag(key.Variation));
                Varint.Write(packed, Varint.ZigZag(key.Day));
                Varint.Write(packed, (ulong)totals.Received);
                Varint.Write(packed, (ulong)totals.Duplicate);
                Varint.Write(packed, (ulong)totals.Refused);
            }
        }

        return packed.WrittenCount == 0 ? null : packed.WrittenSpan.ToArray();
    }

    /// <summary>What was counted of one experiment; null for nothing.</summary>
    /// <exception cref="DamagedStorageException">The bytes end too early.</exception>
    public static ArrivalChange? Find(ReadOnlySpan<byte> packed, int experiment)
    {
        for (var place = 0; place < packed.Length;)
        {
            var found = (int)Varint.Read(packed, ref place);
            var rearmed = (long)Varint.Read(packed, ref place);
            var moved = (int)Varint.Read(packed, ref place);
            long? before = moved == FromTime ? Varint.UnZigZag(Varint.Read(packed, ref place)) : null;
            var receipts = new KeyValuePair<ReceiptKey, ReceiptTotals>[(int)Varint.Read(packed, ref place)];
            for (var i = 0; i < receipts.Length; i++)
            {
                var key = new ReceiptKey((int)Varint.UnZigZag(Varint.Read(packed, ref place)), Varint.UnZigZag(Varint.Read(packed, ref place)));
                receipts[i] = new(key, new ReceiptTotals((long)Varint.Read(packed, ref place), (long)Varint.Read(packed, ref place), (long)Varint.Read(packed, ref place)));
            }

            if (found == experiment) return new ArrivalChange(found, rearmed, moved != Unmoved, before, receipts);
        }

        return null;
    }
}
