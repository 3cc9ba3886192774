using System.Globalization;

namespace Assay.Assignment;

/// <summary>Hash functions that place a unit on [0, 1), the same in the server and in every SDK.</summary>
/// <remarks>
/// Both versions are GrowthBook's (SDK specification 0.8.0, MIT), so that any GrowthBook SDK assigns as we do. They read UTF-16 code units, not UTF-8 bytes:
/// the two differ only outside ASCII. Version 1 is kept for compatibility alone: experiments with similar keys are visibly dependent under it.
/// </remarks>
public static class Hashing
{
    /// <summary>The version of every Assay experiment.</summary>
    public const int DefaultVersion = 2;

    /// <summary>Number of distinct places of version 2: shares are resolved to one in 10,000.</summary>
    public const int Resolution = 10_000;

    private const uint OffsetBasis = 0x811C9DC5;
    private const uint Prime = 0x01000193;

    /// <summary>FNV-1a of 32 bits over the UTF-16 code units of a text: h ← (h ⊕ c) · 16777619 mod 2³².</summary>
    public static uint Fnv1a(ReadOnlySpan<char> text) => Continue(OffsetBasis, text);

    /// <summary>Version 1: FNV-1a(value + seed) mod 1,000 ÷ 1,000.</summary>
    public static double HashV1(ReadOnlySpan<char> seed, ReadOnlySpan<char> value) => Continue(Fnv1a(value), seed) % 1_000 / 1_000d;

    /// <summary>Version 2: FNV-1a of the decimal digits of FNV-1a(seed + value), mod 10,000 ÷ 10,000.</summary>
    public static double HashV2(ReadOnlySpan<char> seed, ReadOnlySpan<char> value)
    {
        Span<char> digits = stackalloc char[10];
        Continue(Fnv1a(seed), value).TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        return Fnv1a(digits[..length]) % Resolution / (double)Resolution;
    }

    /// <summary>The hash of the given version, or null for a version that does not exist.</summary>
    public static double? Hash(ReadOnlySpan<char> seed, ReadOnlySpan<char> value, int version) => version switch
    {
        1 => HashV1(seed, value),
        2 => HashV2(seed, value),
        _ => null,
    };

    private static uint Continue(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            hash = unchecked((hash ^ unit) * Prime);
        }

        return hash;
    }
}
