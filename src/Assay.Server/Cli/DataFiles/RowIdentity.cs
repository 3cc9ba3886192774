using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace Assay.Server.Cli.DataFiles;

/// <summary>Names rows by their content and their ordinal among equal rows, so that a repeated or shuffled file gives the same names.</summary>
internal sealed class RowIdentity : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>The name of the current row.</summary>
    public string Of(CsvReader csv)
    {
        for (var i = 0; i < csv.FieldCount; i++) Append(_hash, csv.GetSpan(i));
        var digest = Finish(_hash);
        var ordinal = _seen[digest] = _seen.GetValueOrDefault(digest) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{digest}-{ordinal}");
    }

    /// <summary>The name of a list of texts.</summary>
    public static string Digest(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts) Append(hash, Encoding.UTF8.GetBytes(text));
        return Finish(hash);
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>Each text follows its length, so that no two lists run together.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }

    /// <summary>128 bits are enough that no two rows of any file meet.</summary>
    private static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
}
