using System.Buffers;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>What a unit's events come to, by experiment: a number, a length and a tally each. It takes as many bytes after a thousand events as after ten.</summary>
internal static class PackedTallies
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _written;

    /// <summary>The tally of an experiment.</summary>
    /// <param name="tallies">Those of a unit.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="measure">How it measures.</param>
    /// <param name="exposures">The unit's stored exposures there.</param>
    /// <param name="spare">A tally that is needed no more, to be used again.</param>
    /// <returns>Null where there is none, or one of another measure.</returns>
    public static UnitTally? Find(ReadOnlySpan<byte> tallies, int experiment, UnitMeasure measure, ReadOnlySpan<ExposureRow> exposures, UnitTally? spare)
    {
        for (var place = 0; place < tallies.Length;)
        {
            var (key, length) = Head(tallies, ref place);
            if (key == experiment) return UnitTally.Read(measure, exposures, tallies.Slice(place, length), spare);
            place += length;
        }

        return null;
    }

    /// <summary>Exchanges tallies for newer ones.</summary>
    /// <param name="known">Those that were known; null for none.</param>
    /// <param name="views">The unit in its experiments: newer ones where it has been measured.</param>
    /// <param name="into">Takes them all.</param>
    public static void Write(byte[]? known, List<UnitInView> views, ArrayBufferWriter<byte> into)
    {
        for (var place = 0; place < (known?.Length ?? 0);)
        {
            var (key, length) = Head(known, ref place);
            if (!IsMeasured(views, key)) Put(into, key, known.AsSpan(place, length));
            place += length;
        }

        var tally = _written ??= new ArrayBufferWriter<byte>(256);
        foreach (var view in views)
        {
            if (view.Tally is not { } changed) continue;
            tally.ResetWrittenCount();
            changed.Write(tally);
            Put(into, view.View.State.Id, tally.WrittenSpan);
        }
    }

    private static bool IsMeasured(List<UnitInView> views, int experiment)
    {
        foreach (var view in views)
            if (view.Tally is not null && view.View.State.Id == experiment) return true;
        return false;
    }

    private static (int Experiment, int Length) Head(ReadOnlySpan<byte> tallies, ref int place) => ((int)Varint.Read(tallies, ref place), (int)Varint.Read(tallies, ref place));

    private static void Put(ArrayBufferWriter<byte> into, int experiment, ReadOnlySpan<byte> tally)
    {
        Varint.Write(into, (ulong)experiment);
        Varint.Write(into, (ulong)tally.Length);
        into.Write(tally);
    }
}
