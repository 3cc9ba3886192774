using System.Data.Common;
using Assay.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Moving;

/// <summary>Where a file will be, and the name beside it under which it is made.</summary>
internal sealed class SqlitePlace : IDisposable
{
    private readonly string _path;
    private readonly bool _replaces;
    private readonly bool _isInstallation;
    private readonly IDisposable _lock;
    private bool _isKept;

    private SqlitePlace(string path, bool replaces, bool isInstallation, IDisposable taken) =>
        (_path, _replaces, _isInstallation, _lock) = (path, replaces, isInstallation, taken);

    /// <summary>The file while it is made.</summary>
    public string Part => PartFile.Of(_path);

    /// <summary>A place for a backup.</summary>
    /// <exception cref="MoveException">There is a file, and it is not to be replaced.</exception>
    public static SqlitePlace OfBackup(string path, bool force)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full) && !force) throw new MoveException($"{full} exists; --force replaces it.");
        RefuseJournal(full);
        return new SqlitePlace(full, force, isInstallation: false, PartFile.Lock(full));
    }

    /// <summary>A place for an installation, taken as a server takes it.</summary>
    /// <exception cref="MoveException">There is an installation that is not empty.</exception>
    /// <exception cref="StorageInUseException">A server has it.</exception>
    public static SqlitePlace OfInstallation(string connectionString)
    {
        var source = new SqliteConnectionStringBuilder(connectionString).DataSource;
        if (source.StartsWith("file:", StringComparison.OrdinalIgnoreCase)) throw new MoveException($"{source}: give the plain name of a file.");
        var full = Path.GetFullPath(source);
        var taken = new StorageLock(connectionString);
        taken.Take();
        try
        {
            CheckEmpty(connectionString, full);
            RefuseJournal(full);
            return new SqlitePlace(full, replaces: true, isInstallation: true, taken);
        }
        catch
        {
            RemoveEmpty(full);
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Removes what an interrupted move has left under the name beside.</summary>
    public void Clear()
    {
        foreach (var ending in (ReadOnlySpan<string>)["", "-journal", "-wal", "-shm"]) File.Delete(Part + ending);
    }

    /// <summary>Gives the file its name.</summary>
    public void Keep()
    {
        PartFile.Keep(_path, _replaces);
        _isKept = true;
    }

    public void Dispose()
    {
        Clear();
        if (!_isKept && _isInstallation) RemoveEmpty(_path);
        _lock.Dispose();
    }

    /// <summary>Taking the lock of an installation made an empty file.</summary>
    private static void RemoveEmpty(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 } empty) empty.Delete();
    }

    private static void CheckEmpty(string connectionString, string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return;

        // Opened for writing and closed, so that what the journal holds is in the file.
        using var database = new EventDatabase(connectionString);
        try
        {
            Move.CheckEmpty(new SqliteRows(database), path);
        }
        catch (DbException unreadable)
        {
            throw new MoveException($"{path} is there, and no installation of this Assay: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>A journal that outlives its file would be played into the next of that name.</summary>
    private static void RefuseJournal(string path)
    {
        foreach (var ending in (ReadOnlySpan<string>)["-wal", "-journal"])
            if (File.Exists(path + ending)) throw new MoveException($"{path} is in use, or was left by a program that was killed: {path}{ending} is there.");
    }
}
