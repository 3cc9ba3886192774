using System.Globalization;

namespace Assay.Server.Storage;

/// <summary>An experiment's rows have gone: its results stay, and what is read from rows cannot be had.</summary>
/// <param name="key">The experiment.</param>
/// <param name="sealedAt">When they went, microseconds.</param>
internal sealed class SealedException(string key, long sealedAt)
    : IOException($"The rows of '{key}' were removed on {Microseconds.ToTime(sealedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} by retention: its results stay, its units cannot be told any more.");
