namespace Assay.Assignment;

/// <summary>GrowthBook's mutual exclusion: experiments that hold disjoint ranges of one namespace share no unit.</summary>
public static class Namespaces
{
    /// <summary>Whether a unit belongs to a range of a namespace: the version 1 hash with seed "__" + name lies in it.</summary>
    public static bool Contains(string name, BucketRange range, string userId)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(userId);
        return range.Contains(Hashing.HashV1($"__{name}", userId));
    }
}
