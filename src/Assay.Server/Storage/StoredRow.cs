namespace Assay.Server.Storage;

/// <summary>An exposure or event as it is stored. What its kind does not have is at its default.</summary>
/// <param name="UserId">Who it is; null only where that was erased.</param>
/// <param name="Id">The client's id; null where it sent none, or where only the hash is stored.</param>
/// <param name="Name">Of an event its name.</param>
/// <param name="Variation">Of an exposure its variation's index.</param>
/// <param name="Value">Of an event its value.</param>
/// <param name="At">Corrected time, microseconds.</param>
/// <param name="ClientAt">The client's own time; null when it sent none.</param>
/// <param name="ArrivedAt">When it came.</param>
/// <param name="Json">An exposure's attributes, an event's properties: a canonical JSON object.</param>
/// <param name="Source">Of an exposure where the client says it is from.</param>
internal readonly record struct StoredRow(
    string? UserId, string? Id, string Name, int Variation, double Value, long At, long? ClientAt, long ArrivedAt, string? Json, string? Source);
