using System.Text;
using Assay.Analysis.Readouts;

namespace Assay.Server.Results;

/// <summary>A readout ready to send: serialised once, sent to every reader.</summary>
/// <param name="ETag">Weak, since <c>as_of</c> and <c>watermark</c> move on while the answer stays.</param>
internal sealed record ServedReadout(string ETag, byte[] Json, long Watermark, Readout Readout)
{
    private byte[]? _frame;

    /// <summary>The readout as a server-sent event.</summary>
    public ReadOnlyMemory<byte> Frame => _frame ??= [.. Encoding.UTF8.GetBytes($"event: live-stats\nid: {ETag}\ndata: "), .. Json, .. "\n\n"u8];

    public static ServedReadout Of(Readout readout, string etag) => new(etag, ReadoutJson.Write(readout), readout.Watermark ?? 0, readout);
}
