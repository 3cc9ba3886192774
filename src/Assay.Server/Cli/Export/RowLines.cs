using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Cli.Export;

/// <summary>Stored rows as lines: CSV (RFC 4180, a cell without a value is empty) or a JSON object each (what a row does not have is null).</summary>
/// <param name="kind">Exposures or events.</param>
/// <param name="variations">Keys of the variations, by index.</param>
/// <param name="isNdjson">Whether lines are JSON.</param>
internal sealed class RowLines(RowKind kind, ImmutableArray<string> variations, bool isNdjson)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _line = new();

    private enum Form
    {
        Text,
        Number,
        Json,
    }

    /// <summary>The columns' names; nothing where lines are JSON.</summary>
    public void AppendHead(StringBuilder text)
    {
        if (!isNdjson) text.AppendJoin(',', CellsOf(default).Select(cell => cell.Name)).Append('\n');
    }

    public void Append(StringBuilder text, in StoredRow row)
    {
        if (isNdjson) AppendJson(text, CellsOf(row));
        else text.AppendJoin(',', CellsOf(row).Select(cell => Quoted(cell.Value))).Append('\n');
    }

    private (string Name, string? Value, Form Form)[] CellsOf(in StoredRow row) => kind == RowKind.Exposure
        ?
        [
            ("id", row.Id, Form.Text),
            ("user_id", row.UserId, Form.Text),
            ("variation_index", row.Variation.ToString(CultureInfo.InvariantCulture), Form.Number),
            ("variation", row.Variation >= 0 && row.Variation < variations.Length ? variations[row.Variation] : null, Form.Text),
            .. Times(row),
            ("attributes", row.Json, Form.Json),
            ("source", row.Source, Form.Text),
        ]
        :
        [
            ("id", row.Id, Form.Text),
            ("user_id", row.UserId, Form.Text),
            ("name", row.Name, Form.Text),
            ("value", row.Value.ToString("R", CultureInfo.InvariantCulture), Form.Number),
            .. Times(row),
            ("properties", row.Json, Form.Json),
        ];

    private static (string Name, string? Value, Form Form)[] Times(in StoredRow row) =>
    [
        ("occurred_at", ExportedUnit.Text(row.At), Form.Text),
        ("client_occurred_at", row.ClientAt is { } at ? ExportedUnit.Text(at) : null, Form.Text),
        ("arrived_at", ExportedUnit.Text(row.ArrivedAt), Form.Text),
    ];

    private void AppendJson(StringBuilder text, ReadOnlySpan<(string Name, string? Value, Form Form)> cells)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Readable))
        {
            json.WriteStartObject();
            foreach (var (name, value, form) in cells)
            {
                if (form == Form.Text || value is null)
                {
                    json.WriteString(name, value);
                    continue;
                }

                json.WritePropertyName(name);
                json.WriteRawValue(value, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        text.Append(Encoding.UTF8.GetString(_line.WrittenSpan)).Append('\n');
    }

    private static string? Quoted(string? value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
