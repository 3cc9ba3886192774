using System.Text.Json;

namespace Assay.Sdk.Delivery;

/// <summary>Delivers a list of any length in requests that the server takes, and makes one receipt of theirs.</summary>
internal static class Batches
{
    /// <summary>The server's limit of one body.</summary>
    public const int LargestBody = 8 * 1024 * 1024;

    public static async Task<Receipt> SendAsync<T>(
        Transport transport, string path, string envelope, IReadOnlyList<T> items, int batchSize, CancellationToken cancellation)
    {
        var receipt = Receipt.Empty;
        try
        {
            foreach (var batch in items.Chunk(batchSize).SelectMany(chunk => Fit<T>(envelope, chunk)))
            {
                var answer = await transport.SendAsync(HttpMethod.Post, path, Payload.Packed(batch.Body), repeatable: true, cancellation).ConfigureAwait(false);
                receipt = receipt.Then(Read(answer, batch.Count));
            }
        }
        catch (AssayException failure)
        {
            failure.Acknowledged = receipt;
            throw;
        }

        return receipt;
    }

    /// <summary>Halves a batch until its body fits; a single item that does not fit is left for the server to refuse.</summary>
    private static IEnumerable<(byte[] Body, int Count)> Fit<T>(string envelope, ArraySegment<T> items)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, ArraySegment<T>>(StringComparer.Ordinal) { [envelope] = items }, Wire.Json);
        if (body.Length <= LargestBody || items.Count == 1) return [(body, items.Count)];
        var half = items.Count / 2;
        return Fit(envelope, items[..half]).Concat(Fit(envelope, items[half..]));
    }

    private static Receipt Read(byte[] answer, int sent)
    {
        try
        {
            var receipt = JsonSerializer.Deserialize<Receipt>(answer, Wire.Json);
            if (receipt?.Received == sent) return receipt;
            throw Problems.Unreadable(200, $"The receipt is for {receipt?.Received ?? 0} items of {sent}.");
        }
        catch (JsonException failure)
        {
            throw Problems.Unreadable(200, failure.Message);
        }
    }
}
