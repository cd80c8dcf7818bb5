namespace Caudata.Simulation.Execution;

/// <summary>Hands results of numbered blocks over in order, whatever the order in which they come.</summary>
/// <param name="take">Gets block after block; never two at once.</param>
internal sealed class OrderedHandover<T>(Action<int, T> take)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, T> _waiting = [];
    private int _next;
    private bool _isTaking;

    /// <summary>Adds a block's result. Who adds the next one in order hands it over, with those that waited for it.</summary>
    public void Add(int block, T result)
    {
        lock (_lock)
        {
            _waiting.Add(block, result);
            if (_isTaking)
            {
                return;
            }

            _isTaking = true;
        }

        try
        {
            while (TryNext(out int index, out T? next))
            {
                take(index, next);
            }
        }
        catch
        {
            // Nothing after a failure is handed over.
            lock (_lock)
            {
                _next = -1;
                _isTaking = false;
            }

            throw;
        }
    }

    private bool TryNext(out int index, out T next)
    {
        lock (_lock)
        {
            index = _next;
            if (_waiting.Remove(_next, out T? found))
            {
                _next++;
                next = found;
                return true;
            }

            _isTaking = false;
            next = default!;
            return false;
        }
    }
}
