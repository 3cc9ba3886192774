using System.Text.Json;
using Assay.Analysis.Designs;

namespace Assay.Server.Cli;

/// <summary>A design document in a file, as a command takes it.</summary>
internal static class DesignFile
{
    /// <summary>The design; null after everything that is wrong with it has been said.</summary>
    public static async Task<Design?> ReadAsync(FileInfo file, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            await using var stream = file.OpenRead();
            using var document = await JsonDocument.ParseAsync(stream, default, cancellation);
            var reading = DesignReader.Read(document.RootElement);
            foreach (var wrong in reading.Errors) await error.WriteLineAsync($"{file.Name}: {wrong.Pointer} {wrong.Code}: {wrong.Detail}");
            return reading.Design;
        }
        catch (JsonException refusal)
        {
            await error.WriteLineAsync($"{file.Name}: line {refusal.LineNumber + 1}, byte {refusal.BytePositionInLine + 1}: no JSON.");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"assay: {refusal.Message}");
        }

        return null;
    }
}
