using Assay.Analysis.Measurement;

namespace Assay.Server.Tests.Storage;

/// <summary>What it means that two pictures hold the same: the same accumulators, to the last bit.</summary>
internal static class SameSums
{
    public static void AssertHolds(MeasuredExperiment left, MeasuredExperiment right)
    {
        Assert.Equal(left.Accumulators.Keys.ToHashSet(), right.Accumulators.Keys.ToHashSet());
        Assert.All(left.Accumulators, entry => Assert.Equal(entry.Value.Encode(), right.Accumulators[entry.Key].Encode()));
    }
}
