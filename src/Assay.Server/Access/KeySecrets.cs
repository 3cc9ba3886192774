using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Assay.Server.Storage;

namespace Assay.Server.Access;

/// <summary>Makes keys and recognises them. A secret is 256 random bits, so a plain SHA-256 is enough to store it by.</summary>
internal static class KeySecrets
{
    private const string Prefix = "assay_";

    public static (string Secret, AccessKey Key) Create(AccessScope scope, DateTimeOffset now)
    {
        var secret = $"{Prefix}{Wire.Name(scope)}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var id = $"key_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        return (secret, new AccessKey(id, Hash(secret), scope, now));
    }

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
