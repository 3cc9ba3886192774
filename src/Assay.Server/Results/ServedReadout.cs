using System.Text;
using Assay.Analysis.Readouts;

namespace Assay.Server.Results;

/// <summary>A readout ready to send. Its JSON is written when the first reader wants it, and once: pages show the readout and never do.</summary>
/// <param name="etag">Weak, since <c>as_of</c> and <c>watermark</c> move on while the answer stays.</param>
internal sealed class ServedReadout(string etag, Readout readout)
{
    private readonly Lazy<byte[]> _json = new(() => ReadoutJson.Write(readout));
    private byte[]? _frame;

    public string ETag => etag;

    public Readout Readout => readout;

    public long Watermark => readout.Watermark ?? 0;

    public byte[] Json => _json.Value;

    /// <summary>Whether somebody has asked for the JSON.</summary>
    public bool IsWritten => _json.IsValueCreated;

    /// <summary>The readout as a server-sent event.</summary>
    public ReadOnlyMemory<byte> Frame => _frame ??= [.. Encoding.UTF8.GetBytes($"event: live-stats\nid: {ETag}\ndata: "), .. Json, .. "\n\n"u8];
}
