/*
 * Preloaded into a user-mode Linux: lets it run on processors whose floating-point state is larger than it knows.
 *
 * Linux before 6.13 keeps 2696 bytes of the state of a process (XSAVE area; NT_X86_XSTATE of ptrace(2)). On a processor
 * with AMX it has 11008 bytes, the host refuses to set less (EFAULT), and user-mode Linux ends at its first process. What
 * it does not know it does not use, so those bytes are zero.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#define XSAVE_LEAF 0xd

typedef long ptrace_function(enum __ptrace_request request, ...);

static size_t state_size(void)
{
    unsigned eax, ebx = 0, ecx, edx;

    __get_cpuid_count(XSAVE_LEAF, 0, &eax, &ebx, &ecx, &edx);
    return ebx;
}

long ptrace(enum __ptrace_request request, ...)
{
    static ptrace_function *libc_ptrace;
    static size_t size;
    static char state[64 * 1024];
    struct iovec whole = { state, 0 }, *known;
    void *process, *address, *data;
    va_list arguments;

    va_start(arguments, request);
    process = va_arg(arguments, void *);
    address = va_arg(arguments, void *);
    data = va_arg(arguments, void *);
    va_end(arguments);

    if (!libc_ptrace) {
        libc_ptrace = (ptrace_function *) dlsym(RTLD_NEXT, "ptrace");
        size = state_size();
    }
    if (request == PTRACE_SETREGSET && address == (void *) NT_X86_XSTATE) {
        known = data;
        if (known->iov_len < size && size <= sizeof state) {
            memcpy(state, known->iov_base, known->iov_len);
            whole.iov_len = size;
            data = &whole;
        }
    }
    return libc_ptrace(request, process, address, data);
}
