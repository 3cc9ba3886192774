using System.Text.Json;

namespace Assay.Analysis.Designs;

/// <summary>A JSON object being read field by field: it knows its place, reports what is wrong and, at the end, what nobody asked for.</summary>
/// <remarks>Reading gives null for a field that is absent, null or wrong; what is wrong has been reported, and a document with errors makes no design.</remarks>
internal sealed class Fields
{
    private const int LongestQuoted = 40;

    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _pointer;
    private readonly List<DesignError> _errors;

    /// <summary>The fields of an element; of another kind than object, it is reported and has none.</summary>
    public Fields(JsonElement? element, string pointer, List<DesignError> errors)
    {
        _pointer = pointer;
        _errors = errors;
        if (element is not { } given) return;
        if (given.ValueKind != JsonValueKind.Object)
        {
            IsObject = false;
            Report(DesignErrorCode.InvalidType, $"An object is wanted, not {Kind(given)}.");
            return;
        }

        foreach (var property in given.EnumerateObject())
        {
            if (JsonSoundness.Name(property) is not { } name) Report(DesignErrorCode.InvalidValue, "A field's name is not valid Unicode.");
            else if (!_fields.TryAdd(name, property.Value)) Report(name, DesignErrorCode.Duplicate, "The field is given more than once.");
        }
    }

    /// <summary>Whether it was an object, or absent: only then is a missing field worth a word.</summary>
    public bool IsObject { get; private set; } = true;

    public void Report(string field, string code, string detail) => _errors.Add(new DesignError(JsonPointer.To(_pointer, field), code, detail));

    public void Report(string code, string detail) => _errors.Add(new DesignError(_pointer, code, detail));

    /// <summary>Reports a member of a list, by the pointer that came with it.</summary>
    public void ReportAt(string pointer, string code, string detail) => _errors.Add(new DesignError(pointer, code, detail));

    /// <summary>Whether nothing at or below these fields has been reported.</summary>
    public bool AreSound(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            var pointer = JsonPointer.To(_pointer, field);
            if (_errors.Exists(error => $"{error.Pointer}/".StartsWith($"{pointer}/", StringComparison.Ordinal))) return false;
        }

        return true;
    }

    /// <summary>A field as written, JSON null included.</summary>
    public JsonElement? Raw(string field)
    {
        _asked.Add(field);
        return _fields.TryGetValue(field, out var element) ? element : null;
    }

    /// <summary>A field that is present and not null.</summary>
    public JsonElement? Take(string field, bool required = false)
    {
        if (Raw(field) is { ValueKind: not JsonValueKind.Null } element) return element;
        if (required && IsObject) Report(field, DesignErrorCode.MissingField, $"'{field}' is required.");
        return null;
    }

    /// <summary>A section; when absent, one that has no fields.</summary>
    public Fields Object(string field)
    {
        var fields = new Fields(Take(field), JsonPointer.To(_pointer, field), _errors);
        fields.IsObject &= IsObject;
        return fields;
    }

    /// <summary>The members of a list, each with its place; null when the field is absent or no list.</summary>
    public List<(JsonElement Element, string Pointer)>? List(string field, bool required = false)
    {
        if (Take(field, required) is not { } element) return null;
        if (element.ValueKind == JsonValueKind.Array)
            return [.. element.EnumerateArray().Select((member, index) => (member, JsonPointer.To(JsonPointer.To(_pointer, field), index)))];
        Report(field, DesignErrorCode.InvalidType, $"A list is wanted, not {Kind(element)}.");
        return null;
    }

    /// <summary>The members of a list of objects.</summary>
    public List<Fields>? Objects(string field, bool required = false) =>
        List(field, required)?.ConvertAll(member => new Fields(member.Element, member.Pointer, _errors));

    public double? Number(string field, NumberRange range, bool required = false) =>
        Take(field, required) is { } element ? Number(element, JsonPointer.To(_pointer, field), range) : null;

    public double? Number(JsonElement element, string pointer, NumberRange range)
    {
        if (element.ValueKind != JsonValueKind.Number)
            ReportAt(pointer, DesignErrorCode.InvalidType, NoNumber(element));
        else if (element.GetDouble() is var number && range.Contains(number)) return number;
        else ReportAt(pointer, DesignErrorCode.OutOfRange, $"The number must be {range.Wanted(number)}.");
        return null;
    }

    /// <summary>The members of a list of texts; those that are wrong have been reported and are left out.</summary>
    public List<(string Text, string Pointer)>? Texts(string field, int length, bool required = false) =>
        List(field, required)?.Select(member => (Text: Text(member.Element, member.Pointer, length)!, member.Pointer)).Where(member => member.Text is not null).ToList();

    /// <summary>Any text; with a length, 1 to so many characters (Unicode scalars) without U+0000, which not every engine can store.</summary>
    public string? Text(string field, int? length = null, bool required = false) =>
        Take(field, required) is { } element ? Text(element, JsonPointer.To(_pointer, field), length) : null;

    /// <summary>One of the names of an enumeration; members that are read and not supported yet nobody is told to choose.</summary>
    public T? Choice<T>(string field, bool required = false, params T[] later)
        where T : struct, Enum
    {
        if (Text(field, length: null, required) is not { } name) return null;
        if (SnakeCase.TryParse<T>(name) is { } value) return value;
        string[] names = [.. Enum.GetValues<T>().Except(later).Select(SnakeCase.Name)];
        Report(field, DesignErrorCode.InvalidValue, names.Length == 1 ? $"{names[0]} is wanted." : $"One of {string.Join(", ", names)} is wanted.");
        return null;
    }

    /// <summary>Refuses a field of the contract that cannot be honoured yet; null and the empty list ask for nothing.</summary>
    public void RefuseUnsupported(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (Take(field) is { } element && !(element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0))
                Report(field, DesignErrorCode.NotSupportedYet, $"'{field}' is not supported yet; without it the design would mean something else.");
        }
    }

    /// <summary>Reports every field that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in _fields.Keys.Where(name => !_asked.Contains(name))) Report(name, DesignErrorCode.UnknownField, "There is no such field.");
    }

    private string? Text(JsonElement element, string pointer, int? length)
    {
        if (element.ValueKind != JsonValueKind.String)
            ReportAt(pointer, DesignErrorCode.InvalidType, $"A text is wanted, not {Kind(element)}.");
        else if (JsonSoundness.Text(element) is not { } text || text.Contains('\0', StringComparison.Ordinal))
            ReportAt(pointer, DesignErrorCode.InvalidValue, "The text is not valid Unicode, or has U+0000.");
        else if (length is not null && text.Length == 0)
            ReportAt(pointer, DesignErrorCode.InvalidValue, "The text is empty.");
        else if (length is { } most && text.EnumerateRunes().Count() > most)
            ReportAt(pointer, DesignErrorCode.TooLong, $"The text has more than {most} characters.");
        else
            return text;
        return null;
    }

    /// <summary>What was written in place of a number, where it is short enough to be known again.</summary>
    private static string NoNumber(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && JsonSoundness.Text(element) is { Length: > 0 and <= LongestQuoted } text ? $"A number is wanted: '{text}' is none." : $"A number is wanted, not {Kind(element)}.";

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
