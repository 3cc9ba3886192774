using System.Security.Cryptography;
using System.Text;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Tests.Storage;

public sealed class Sha256Tests
{
    [Fact]
    public void What_is_stored_by_a_hash_is_found_by_it_on_any_thread_and_by_any_version() => Parallel.For(0, 1_000, i =>
    {
        var text = new string('é', i % 130) + i;
        Span<byte> own = stackalloc byte[Sha256.Bytes];
        Sha256.Write(Encoding.UTF8.GetBytes(text), own);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(text)), own.ToArray());
        Assert.Equal(SHA256.HashData([.. new byte[8], .. Encoding.UTF8.GetBytes(text)])[..16], BitConverter.GetBytes((ulong)Fingerprint.Of(text)).Concat(BitConverter.GetBytes((ulong)(Fingerprint.Of(text) >> 64))));
    });
}
