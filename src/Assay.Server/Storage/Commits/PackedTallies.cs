using System.Buffers;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>What a unit's events come to, by experiment: a number, a length and a tally each. It takes as many bytes after a thousand events as after ten.</summary>
internal static class PackedTallies
{
    /// <summary>The tally of an experiment.</summary>
    /// <param name="tallies">Those of a unit.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="measure">How it measures.</param>
    /// <param name="exposures">The unit's stored exposures there.</param>
    /// <returns>Null where there is none, or one of another measure.</returns>
    public static UnitTally? Find(ReadOnlySpan<byte> tallies, int experiment, UnitMeasure measure, ReadOnlySpan<ExposureRow> exposures)
    {
        for (var place = 0; place < tallies.Length;)
        {
            var (key, length) = Head(tallies, ref place);
            if (key == experiment) return UnitTally.Read(measure, exposures, tallies.Slice(place, length));
            place += length;
        }

        return null;
    }

    /// <summary>Exchanges tallies for newer ones.</summary>
    /// <param name="known">Those that were known; null for none.</param>
    /// <param name="changed">What they are now, by experiment.</param>
    public static byte[] Write(byte[]? known, IReadOnlyList<(int Experiment, UnitTally Tally)> changed)
    {
        var (into, tally) = (new ArrayBufferWriter<byte>(64), new ArrayBufferWriter<byte>(64));
        for (var place = 0; place < (known?.Length ?? 0);)
        {
            var (key, length) = Head(known, ref place);
            if (changed.All(change => change.Experiment != key)) Put(into, key, known.AsSpan(place, length));
            place += length;
        }

        foreach (var (key, changedTally) in changed)
        {
            tally.ResetWrittenCount();
            changedTally.Write(tally);
            Put(into, key, tally.WrittenSpan);
        }

        return into.WrittenSpan.ToArray();
    }

    private static (int Experiment, int Length) Head(ReadOnlySpan<byte> tallies, ref int place) => ((int)Varint.Read(tallies, ref place), (int)Varint.Read(tallies, ref place));

    private static void Put(ArrayBufferWriter<byte> into, int experiment, ReadOnlySpan<byte> tally)
    {
        Varint.Write(into, (ulong)experiment);
        Varint.Write(into, (ulong)tally.Length);
        into.Write(tally);
    }
}
