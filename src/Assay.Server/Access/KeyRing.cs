using System.Collections.Concurrent;
using Assay.Server.Storage;

namespace Assay.Server.Access;

/// <summary>The keys of the installation, remembered for a few seconds: the command line may add one while the server runs.</summary>
internal sealed class KeyRing(ICatalog catalog, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (AccessKey Key, long Until)> _known = new(StringComparer.Ordinal);
    private bool _closed;

    /// <summary>Whether no key was ever created. Asked anew until one is, so that a first key closes the server at once.</summary>
    public async ValueTask<bool> IsOpenAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _closed)) return false;
        var closed = await catalog.AnyKeyAsync(cancellation);
        if (closed) Volatile.Write(ref _closed, true);
        return !closed;
    }

    public async ValueTask<AccessKey?> FindAsync(string secret, CancellationToken cancellation)
    {
        var hash = KeySecrets.Hash(secret);
        var now = clock.GetTimestamp();
        if (_known.TryGetValue(hash, out var known) && now < known.Until) return known.Key;
        var key = await catalog.FindKeyAsync(hash, cancellation);
        if (key is null) _known.TryRemove(hash, out _);
        else _known[hash] = (key, now + (long)(Remembered.TotalSeconds * clock.TimestampFrequency));
        return key;
    }
}
