using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Storage.Auditing;

/// <summary>
/// How entries of the audit hang together: an entry's hash is the SHA-256 of the hash before it and of its five fields, each written as <c>length:bytes,</c> with its
/// length in bytes of UTF-8 and <c>-,</c> for a field that is absent, so that no two entries are written alike. Any language does this in five lines.
/// </summary>
internal static class AuditChain
{
    /// <summary>What the first entry follows.</summary>
    public const string Start = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <param name="head">The hash of the entry before, in hex.</param>
    /// <param name="entry">What follows it; its time counts in microseconds since the Unix epoch.</param>
    /// <returns>64 hex digits.</returns>
    public static string Next(string head, AuditEntry entry) =>
        Hash(head, Microseconds.Of(entry.At).ToString(CultureInfo.InvariantCulture), entry.Actor, entry.Action, entry.Experiment, entry.Detail);

    /// <summary>The hash after entries that have none of their own.</summary>
    public static string Fold(IEnumerable<AuditEntry> entries) => entries.Aggregate(Start, Next);

    /// <returns>64 hex digits.</returns>
    public static string Hash(params ReadOnlySpan<string?> fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
        {
            if (field is null) text.Append("-,");
            else text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field},");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
