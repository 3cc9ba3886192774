using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Server.Tests.Storage;

/// <summary>Stands between SQLite and the system's files and remembers whether the last bytes written to a write-ahead log have been synchronised.</summary>
/// <remarks>A SQLite VFS called <see cref="Name"/>: the system's own, with three calls passed through here. Opened by <c>file:PATH?vfs=witness</c>.</remarks>
internal static unsafe partial class SyncWitness
{
    public const string Name = "witness";

    // Places in sqlite3_vfs and sqlite3_io_methods as sqlite3.h lays them out, which SQLite never changes.
    private const int VfsSize = 168;
    private const int VfsNext = 16;
    private const int VfsName = 24;
    private const int VfsOpen = 40;
    private const int MethodsSize = 152;
    private const int MethodsWrite = 24;
    private const int MethodsSync = 40;
    private const int WriteAheadLog = 0x80000;

    private static readonly Dictionary<nint, nint> Hooked = [];
    private static nint _system;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint, int, int*, int> _open;
    private static delegate* unmanaged[Cdecl]<nint, nint, int, long, int> _write;
    private static delegate* unmanaged[Cdecl]<nint, int, int> _sync;

    /// <summary>Synchronisations of a log so far.</summary>
    public static int Syncs { get; private set; }

    /// <summary>Whether a log has bytes that a power cut would take.</summary>
    public static bool IsBehind { get; private set; }

    public static void Register()
    {
        if (_system != 0) return;
        SQLitePCL.Batteries_V2.Init();
        _system = Find(null);
        var own = (byte*)NativeMemory.AllocZeroed(VfsSize);
        Buffer.MemoryCopy((void*)_system, own, VfsSize, VfsSize);
        *(nint*)(own + VfsNext) = 0;
        *(nint*)(own + VfsName) = Marshal.StringToCoTaskMemUTF8(Name);
        _open = *(delegate* unmanaged[Cdecl]<nint, nint, nint, int, int*, int>*)(_system + VfsOpen);
        *(delegate* unmanaged[Cdecl]<nint, nint, nint, int, int*, int>*)(own + VfsOpen) = &Open;
        Assert.Equal(0, Register((nint)own, isDefault: 0));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, nint name, nint file, int flags, int* actual)
    {
        var code = _open(_system, name, file, flags, actual);
        if (code != 0 || (flags & WriteAheadLog) == 0) return code;
        *(nint*)file = Hook(*(nint*)file);
        return code;
    }

    private static nint Hook(nint methods)
    {
        if (Hooked.TryGetValue(methods, out var hooked)) return hooked;
        var own = (byte*)NativeMemory.AllocZeroed(MethodsSize);
        Buffer.MemoryCopy((void*)methods, own, MethodsSize, MethodsSize);
        _write = *(delegate* unmanaged[Cdecl]<nint, nint, int, long, int>*)(own + MethodsWrite);
        _sync = *(delegate* unmanaged[Cdecl]<nint, int, int>*)(own + MethodsSync);
        *(delegate* unmanaged[Cdecl]<nint, nint, int, long, int>*)(own + MethodsWrite) = &Write;
        *(delegate* unmanaged[Cdecl]<nint, int, int>*)(own + MethodsSync) = &Sync;
        Hooked.Add(methods, (nint)own);
        return (nint)own;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, nint bytes, int count, long offset)
    {
        IsBehind = true;
        return _write(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        var code = _sync(file, flags);
        if (code != 0) return code;
        IsBehind = false;
        Syncs++;
        return code;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Find(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Register(nint vfs, int isDefault);
}
