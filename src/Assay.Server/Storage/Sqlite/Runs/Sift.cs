using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Tells what of an entry stays: nothing written, and the entry goes.</summary>
/// <param name="key">Its key.</param>
/// <param name="content">Its content.</param>
/// <param name="kept">Takes what stays.</param>
internal delegate void Sift(long key, ReadOnlySpan<byte> content, IBufferWriter<byte> kept);
